import type { Metafile } from 'esbuild';

/** The folders of the packages that went into bundles, for instance `node_modules/lit`. */
export function shippedPackages(metafiles: readonly Pick<Metafile, 'inputs'>[]): readonly string[];

/** Writes the notices of the bundled packages. Throws when one of them has no licence text. */
export function writeNotices(metafiles: readonly Pick<Metafile, 'inputs'>[], file: string): void;
