import type { Metafile } from 'esbuild';

/** A package whose code is in a bundle. `properties` name the files in dist/ that contain it. */
export interface Component {
  readonly 'type': string;
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version': string;
  readonly 'scope'?: string;
  readonly 'hashes'?: readonly { readonly alg: string; readonly content: string }[];
  readonly 'licenses': readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[];
  readonly 'purl'?: string;
  readonly 'properties'?: readonly { readonly name: string; readonly value: string }[];
}

/** What this project writes of CycloneDX 1.6. */
export interface BillOfMaterials {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly version: number;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

type Bundles = readonly Pick<Metafile, 'inputs' | 'outputs'>[];

/**
 * The bill of materials: the same text for the same bundles. Throws when the licence of a bundled package may not ship.
 * @param options the folder with the manifest, the lock file and node_modules; the current one by default.
 */
export function billOfMaterials(metafiles: Bundles, options?: { readonly root?: string }): BillOfMaterials;

/** Writes the bill of materials of the bundles. */
export function writeSbom(metafiles: Bundles, file: string): void;
