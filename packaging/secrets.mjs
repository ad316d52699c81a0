// Finds what must not stand in a file that everybody can read: credentials, and the places of one machine.

/**
 * Key IDs that are known not to be credentials: AWS's own examples, and what tests plant to see that it is never shown.
 * Whoever adds one makes it up; no issued key ID may ever stand here.
 */
const examples = [
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'AKIATESTTESTTESTTEST',
  'AKIATESTTESTTESTCHIN',
  'AKIAPLANTEDPLANTED00',
  'ASIAPLANTEDPLANTED00',
  '/home/me/',
];

const rules = [
  { what: 'an AWS access key ID', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { what: 'an AWS secret access key', pattern: /(?<=secret_?access_?key["']?\s*[=:]\s*["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi },
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g },
  { what: 'a token of GitHub', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/g },
  { what: 'a token of GitLab', pattern: /\bglpat-[\w-]{20,}/g },
  { what: 'a token of npm', pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*(?!\$\{)[^\s'"`]{8,}/g },
  { what: 'a token of Open VSX', pattern: /\bovsxat_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g },
  { what: 'a token of Azure DevOps', pattern: /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/g },
  { what: 'a token of Slack', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { what: 'a key of Google', pattern: /\bAIza[\w-]{35}\b/g },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
  { what: 'a name and a password in an address', pattern: /\bhttps?:\/\/[^\s/:@'"`$<>{}]+:[^\s/@'"`$<>{}]+@[\w.-]+/g },
  { what: 'the home folder of somebody', pattern: /(?<![\w.-])\/(?:home|Users)\/[a-z][\w.-]*\/|(?<![\w.-])\/root\/\.[a-z][\w-]*|\b[A-Z]:\\{1,2}Users\\{1,2}\w[\w.-]*/g },
  { what: 'the host of a package registry', pattern: /https?:\/\/(?:[\w-]+\.)*(?:registry|npm|npmjs|yarnpkg|pypi|artifactory|nexus|verdaccio|jfrog|codeartifact)\.[\w.-]+|https?:\/\/[\w.-]+\/(?:artifactory|repository)\/(?:api\/)?(?:npm|pypi)[\w-]*/gi },
];

/**
 * What a text has that must not be published, as the line (from 1) and what it is; never the thing itself.
 * @param places folders of this machine whose names must not appear either.
 */
export function secretsIn(text, places = []) {
  const found = rules.flatMap(({ what, pattern }) => [...text.matchAll(pattern)].filter(([match]) => !examples.includes(match)).map(({ index }) => ({ what, index })));
  const here = places.flatMap((place) => placesIn(text, place)).map((index) => ({ what: 'a folder of this machine', index }));
  return [...found, ...here].sort((a, b) => a.index - b.index).map(({ what, index }) => ({ what, line: text.slice(0, index).split('\n').length }));
}

/** Where a text names a folder: the whole name, not the beginning of another one. Too short a name says nothing about a machine. */
function placesIn(text, place) {
  if (place.split(/[\\/]/).filter((part) => part !== '').length < 2) return [];
  const pattern = new RegExp(`(?<![\\w.-])${place.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'g');
  return [...text.matchAll(pattern)].map(({ index }) => index);
}
