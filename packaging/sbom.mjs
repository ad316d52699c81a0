// The software bill of materials (CycloneDX) of what ships: the packages whose code esbuild put into the bundles.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAllowed, shippedLicences } from './licences.mjs';
import { alsoShipped, byText, packageOf, placeOf } from './notices.mjs';

const read = (...parts) => JSON.parse(readFileSync(path.join(...parts), 'utf8'));

const sorted = (values) => [...new Set(values)].sort(byText);

/**
 * The bill of materials as CycloneDX 1.6. It has neither a time nor a random number, so that the same bundles give the same text.
 * Throws when the licence of a bundled package is not one that may ship.
 */
export function billOfMaterials(metafiles, { root = '.' } = {}) {
  const manifest = read(root, 'package.json');
  const lock = read(root, 'package-lock.json');
  const self = `${manifest.name}@${manifest.version}`;
  const bundles = bundlesByPackage(metafiles);
  const parts = [...bundles].map(([folder, files]) => component(root, folder, files, lock));
  const reference = new Map([...bundles.keys()].map((folder, index) => [folder, parts[index]['bom-ref']]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { 'type': 'application', 'bom-ref': self, 'name': manifest.name, 'version': manifest.version, 'description': manifest.description, 'licenses': licences(manifest.license) },
    },
    components: merged(parts),
    dependencies: dependencies(metafiles, self, reference),
  };
}

/** Writes the bill of materials of the bundles. */
export function writeSbom(metafiles, file) {
  writeFileSync(file, `${JSON.stringify(billOfMaterials(metafiles), undefined, 2)}\n`);
}

/** For the folder of each package the files in dist/ that contain code of it. */
function bundlesByPackage(metafiles) {
  const bundles = new Map(alsoShipped.map((folder) => [folder, []]));
  for (const [output, { inputs }] of metafiles.flatMap((metafile) => Object.entries(metafile.outputs))) {
    for (const folder of Object.keys(inputs).flatMap((input) => packageOf(input) ?? [])) bundles.set(folder, [...(bundles.get(folder) ?? []), output]);
  }
  return new Map([...bundles].sort(([a], [b]) => byText(placeOf(a), placeOf(b))));
}

function component(root, folder, files, lock) {
  const { name, version, description, license } = read(root, folder, 'package.json');
  if (!isAllowed(license, shippedLicences)) throw new Error(`The package ${name} ships under ${JSON.stringify(license)}, which is not on the list in packaging/licences.mjs.`);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const { integrity } = lock.packages[placeOf(folder)] ?? {};
  if (integrity === undefined) throw new Error(`The package ${name} ships, but package-lock.json does not name it.`);
  return {
    'type': 'library',
    'bom-ref': purl,
    name,
    version,
    description,
    'scope': 'required',
    'hashes': [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
    'licenses': licences(license),
    purl,
    'properties': sorted(files).map((value) => ({ name: 'bundle', value })),
  };
}

const licences = (license) => [/^[\w.-]+$/.test(license) ? { license: { id: license } } : { expression: license }];

/** One component for a package that is installed at two places in the same version. */
function merged(parts) {
  const components = new Map();
  for (const part of parts) {
    const { properties = [] } = components.get(part.purl) ?? {};
    const values = sorted([...properties, ...part.properties].map(({ value }) => value));
    components.set(part.purl, { ...part, properties: values.map((value) => ({ name: 'bundle', value })) });
  }
  return [...components.values()];
}

/** Who imports whom, as esbuild followed it. */
function dependencies(metafiles, self, reference) {
  const edges = new Map([self, ...reference.values()].map((each) => [each, []]));
  for (const [input, { imports }] of metafiles.flatMap((metafile) => Object.entries(metafile.inputs))) {
    const from = edges.get(packageOf(input) === undefined ? self : reference.get(packageOf(input)));
    const to = imports.flatMap(({ path: file }) => reference.get(packageOf(file)) ?? []);
    from?.push(...to);
  }
  edges.get(self).push(...alsoShipped.map((folder) => reference.get(folder)));
  return [...edges].map(([ref, dependsOn]) => ({ ref, dependsOn: sorted(dependsOn).filter((each) => each !== ref) }));
}
