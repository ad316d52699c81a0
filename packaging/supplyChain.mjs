// Checks what the package is made from: lock file, licences, workflows, and that no file has a secret in it.
//   node packaging/supplyChain.mjs    prints what is wrong, and fails when something is
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { licenceProblems } from './licences.mjs';
import { lockFileProblems } from './lockFile.mjs';
import { publishedFiles } from './publishedFiles.mjs';
import { secretsIn } from './secrets.mjs';
import { workflowProblems } from './workflows.mjs';

const root = path.dirname(import.meta.dirname);
const text = (file) => readFileSync(path.join(root, file), 'utf8');
const lock = JSON.parse(text('package-lock.json'));
const files = publishedFiles(root);
const workflows = files.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file));

const secrets = files.flatMap((file) => secretsIn(readFileSync(path.join(root, file), 'latin1'), [root, homedir()]).map(({ what, line }) => `${file}:${line}: This looks like ${what}.`));

const problems = [
  ...lockFileProblems({ lock, manifest: JSON.parse(text('package.json')), npmrc: text('.npmrc') }),
  ...licenceProblems(lock),
  ...workflows.flatMap((file) => workflowProblems(text(file)).map((problem) => `${file}: ${problem}`)),
  ...secrets,
];

console.log(`${Object.keys(lock.packages).length - 1} packages, ${workflows.length} workflows, ${files.length} files.`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;
