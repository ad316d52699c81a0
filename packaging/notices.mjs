// The licences of everything that ships and was written elsewhere.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Shipped without being an input of a bundle: the compiled validators contain parts of ajv. */
export const alsoShipped = ['node_modules/ajv'];

/** The folder of the package that a file belongs to, or undefined for a file of the project. */
export const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];

/** Where npm lays a package: the same wherever node_modules itself is. */
export const placeOf = (folder) => folder.slice(folder.indexOf('node_modules/'));

/** Compares by code unit: the same in every language. */
export const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The folders of the packages that went into bundles, for instance `node_modules/lit`.
 * @param metafiles what esbuild says about the bundles.
 */
export function shippedPackages(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((input) => packageOf(input) ?? []);
  return [...new Set([...alsoShipped, ...folders])].sort((a, b) => byText(placeOf(a), placeOf(b)));
}

/** Writes the notices of the bundled packages. Throws when one of them has no licence text. */
export function writeNotices(metafiles, file) {
  const notices = shippedPackages(metafiles).map(notice);
  writeFileSync(file, `This extension contains parts of the following packages.\n\n${notices.join('\n')}`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = textsOf(folder).some(isLicence) ? textsOf(folder).map((each) => path.join(folder, each)) : sharedLicence(folder, name, license);
  const line = '='.repeat(72);
  return `${line}\n${name} ${version} (${license})\n${line}\n\n${texts.map((each) => readFileSync(each, 'utf8').trim()).join('\n\n')}\n`;
}

const isLicence = (each) => /^licen[cs]e/i.test(each);

function textsOf(folder) {
  return readdirSync(folder).filter((each) => /^(licen[cs]e|notice|thirdparty)/i.test(each)).sort();
}

/** Some packages of a scope leave the text of their licence to the others of it. */
function sharedLicence(folder, name, license) {
  const scope = path.dirname(folder);
  const others = path.basename(scope).startsWith('@') ? readdirSync(scope).map((each) => path.join(scope, each)) : [];
  const owner = others.find((each) => textsOf(each).some(isLicence) && JSON.parse(readFileSync(path.join(each, 'package.json'), 'utf8')).license === license);
  if (owner === undefined) throw new Error(`The package ${name} has no licence text that could be shipped with it.`);
  return textsOf(owner).filter(isLicence).map((each) => path.join(owner, each));
}
