import type { Extent, Row } from '../rows.ts';
import { coldTimes, localTimes } from './growth.ts';
import { timesOf, type Times } from './times.ts';

const editNames = { root: 'at the root', unit: 'at an OU (fewer than 100 below)', account: 'at accounts' };

/** Effective policies of all accounts, cold and after edits, against the naive merge; and how they grow with the accounts. */
export function effectivePolicies({ short }: Extent): readonly Row[] {
  const sizes = short ? [1_000, 10_000] : [100, 1_000, 10_000, 50_000];
  const times = sizes.map((size) => timesOf(size, short ? 50 : 300, short ? { time: 100, iterations: 5 } : { time: 500, iterations: 15 }));
  const cold = coldTimes(sizes, short ? 5 : 8);
  const local = localTimes(sizes, short ? 5 : 20);
  return [...times.flatMap(rowsOf), ...times.slice(1).flatMap((larger, index) => growthOf(times[index] ?? larger, larger, cold, local))];
}

function rowsOf({ size, naive, sample, cold, local, judged, ...edits }: Times): readonly Row[] {
  const accounts = `${size.toLocaleString('en')} accounts`;
  const note = sample < size ? 'The naive merge was measured on a sample of the accounts and scaled.' : undefined;
  const common = { unit: 'ms', other: { value: naive, name: 'naive merge' }, ...(note === undefined ? {} : { note }) } as const;
  const id = `effective.${String(size)}`;
  const kinds = ['root', 'unit', 'account'] as const;
  return [
    { id: `${id}.cold`, name: `Effective policies of ${accounts}, cold`, ours: cold, ...common },
    ...kinds.map((kind): Row => ({ id: `${id}.${kind}`, name: `… after an edit ${editNames[kind]}, ${accounts}`, ours: edits[kind], ...common })),
    { id: `${id}.local`, name: `… those that an edit at an OU of 20 accounts reaches, ${accounts}`, ours: local, ...common },
    { id: `${id}.judged`, name: `… with AWS's verdict on each, cold, ${accounts}`, ours: judged.cold, ...common, other: { value: judged.naive, name: 'naive merge' }, ...(size > 40 ? { note: 'The naive merge was measured on a sample of the accounts and scaled.' } : {}) },
  ];
}

/** By how much more time than accounts: 1 is linear growth; after a local edit, by how much at all. */
function growthOf(smaller: Times, larger: Times, cold: ReadonlyMap<number, number>, local: ReadonlyMap<number, number>): readonly Row[] {
  const sizes = `${smaller.size.toLocaleString('en')} → ${larger.size.toLocaleString('en')} accounts`;
  const id = `growth.${String(smaller.size)}-${String(larger.size)}`;
  return [
    { id: `${id}.cold`, name: `Growth of effective policies, cold, ${sizes}`, unit: 'factor', ours: (cold.get(larger.size) ?? NaN) / (cold.get(smaller.size) ?? NaN), other: { value: larger.size / smaller.size, name: 'accounts' } },
    { id: `${id}.local`, name: `Growth after a local edit, ${sizes}`, unit: 'factor', ours: (local.get(larger.size) ?? NaN) / (local.get(smaller.size) ?? NaN), other: { value: 1, name: 'constant' } },
  ];
}
