// Which licences packages may have: a short list for what ships, a longer one for tools.
import parse from 'spdx-expression-parse';

/** They allow to ship a package inside another work, with its notice. CC-BY-4.0 is that of the icons. */
export const shippedLicences = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC-BY-4.0', 'ISC', 'MIT'];

/** Tools run on the machine of a developer and do not ship. */
export const toolLicences = [...shippedLicences, 'Artistic-2.0', 'CC-BY-3.0', 'CC0-1.0', 'MPL-2.0', 'Python-2.0', 'WTFPL', 'Zlib'];

/** Tools whose licence has no SPDX identifier, read by a person: vsce loads it to sign, which nothing here does. */
const readByHand = [/^@vscode\/vsce-sign(-[a-z0-9-]+)?$/];

/** Whether an SPDX expression can be satisfied with the licences of a list. False for what is no expression. */
export function isAllowed(expression, licences) {
  try {
    return satisfied(parse(expression), licences);
  } catch {
    return false;
  }
}

function satisfied(node, licences) {
  if (node.conjunction === 'or') return satisfied(node.left, licences) || satisfied(node.right, licences);
  if (node.conjunction === 'and') return satisfied(node.left, licences) && satisfied(node.right, licences);
  return node.exception === undefined && node.plus === undefined && licences.includes(node.license);
}

/** A sentence for each package of a lock file whose licence is not on the list for tools. */
export function licenceProblems(lock) {
  return Object.entries(lock.packages).flatMap(([place, { license }]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (place === '' || isAllowed(license, toolLicences) || readByHand.some((pattern) => pattern.test(name))) return [];
    return [`${name} has the licence ${JSON.stringify(license)}, which is not on the list in packaging/licences.mjs.`];
  });
}
