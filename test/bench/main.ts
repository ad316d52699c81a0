import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commandLine } from './commandLine.ts';
import { effectivePolicies } from './core/effectivePolicies.ts';
import { impactPlans } from './core/impact.ts';
import { activation } from './editor/activation.ts';
import goals from './goals.json';
import { documents } from './lsp/documents.ts';
import { starts } from './lsp/starts.ts';
import { wholeOrganization } from './lsp/wholeOrganization.ts';
import type { Extent, Row } from './rows.ts';
import { sizes } from './sizes.ts';
import { tableOf } from './table.ts';
import { judge, type Goal, type Judged } from './verdict.ts';

const [root = '', vsix = '', form = ''] = process.argv.slice(2);
const extent: Extent = { short: form === 'short' };
const known: Readonly<Record<string, Goal>> = Object.fromEntries(Object.entries(goals.goals).map(([id, goal]) => [id, readGoal(id, goal)]));

/** The measures in the order of the table. */
const measures: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  'Starts of the servers': () => starts(root, extent),
  'One document': () => documents(root, extent),
  'An organization of 10,000 accounts in the server': () => wholeOrganization(root, extent),
  'Effective policies': () => effectivePolicies(extent),
  'Impact plans': () => impactPlans(extent),
  'The command line': () => commandLine(root, extent),
  'VS Code': () => activation(root, vsix, extent),
  'Sizes': () => sizes(root, vsix),
};

function readGoal(id: string, { of, longFormOnly, ...goal }: Omit<Goal, 'of' | 'longFormOnly'> & { readonly of: string; readonly longFormOnly?: boolean }): Goal {
  if (of !== 'ratio' && of !== 'size' && of !== 'time') throw new Error(`The goal of ${id} is of no known kind: ${of}.`);
  return { ...goal, of, ...(longFormOnly === true ? { longFormOnly } : {}) };
}

/** The long form judges by the goals, the short one by their room. */
function report(judged: readonly Judged[]): void {
  const file = path.join(root, 'test-results/bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const checks = judged.filter(({ passed }) => passed !== undefined);
  const failed = checks.filter(({ passed }) => passed === false).map(({ row, goal, ratio }) => `${row.name}${row.other === undefined ? '' : ` against ${row.other.name}`}: ${(goal?.of === 'ratio' ? ratio ?? NaN : row.ours).toPrecision(3)}, at most ${String(goal?.short)}`);
  const machine = { node: process.version, processors: os.cpus().length, model: os.cpus()[0]?.model ?? '' };
  const rows = judged.map(({ row, ...rest }) => ({ ...row, ...rest }));
  writeFileSync(file, `${JSON.stringify({ form: extent.short ? 'short' : 'full', machine, short: { passed: checks.length - failed.length, failed }, rows }, undefined, 2)}\n`);
  console.log(`\n${tableOf(judged)}`);
  if (extent.short) console.log(`\nThe short form judges ratios and sizes, with room for a busy machine.${failed.length === 0 ? '' : `\nToo far from their goals:\n${failed.map((line) => `  ${line}`).join('\n')}`}\n${String(checks.length - failed.length)} passed, ${String(failed.length)} failed`);
  if (extent.short && failed.length > 0) process.exitCode = 1;
}

const rows: Row[] = [];
for (const [name, measure] of Object.entries(measures)) {
  const began = performance.now();
  rows.push(...await measure());
  console.log(`${name}: ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}
report(judge(rows, known, extent));
