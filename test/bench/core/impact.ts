import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { impactPlan } from '../../../server/features/impactPlan.ts';
import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import { leafPolicy, rootPolicy, unitPolicy } from '../organization.ts';
import { keystroke } from '../policyTexts.ts';
import type { Extent, Row } from '../rows.ts';
import { at, generate, naively, sampleOf, sharedly } from './organizations.ts';
import { timeOf } from './timing.ts';

const edits = { 'at the root': rootPolicy, 'at an OU': unitPolicy, 'at accounts': leafPolicy };

/** What an edit means for every account: from the new text to the plan, against each account merged from scratch twice and printed. */
export function impactPlans({ short }: Extent): readonly Row[] {
  const { snapshot, organization, accounts, files } = generate(10_000);
  sharedly(snapshot, organization, accounts);
  const some = sampleOf(accounts, short ? 20 : 200);
  const repetition = short ? { time: 100, iterations: 3 } : { time: 500, iterations: 10 };
  const twice = (before: Snapshot, after: Snapshot): number => naively(before, organization, some).filter((tree, index) => {
    const other = naively(after, organization, some.slice(index, index + 1))[0];
    return other === undefined || JSON.stringify(effectiveJson(tree)) !== JSON.stringify(effectiveJson(other));
  }).length;
  return Object.entries(edits).map(([name, uri]): Row => {
    const file = files.find((each) => each.uri === uri);
    if (file === undefined) throw new Error(`There is no ${uri}.`);
    let before = snapshot;
    const naive = timeOf({ time: 0, iterations: 2 }, (turn) => applyChanges(snapshot, at, [{ ...file, text: keystroke(file, turn + 500) }]), (after) => twice(snapshot, after));
    const ours = timeOf(repetition, (turn) => ({ ...file, text: keystroke(file, turn) }), (change) => {
      const after = applyChanges(before, at, [change]);
      const plan = impactPlan(before, after);
      if (plan.accounts !== accounts.length || plan.groups.length === 0) throw new Error(`The plan of an edit ${name} does not look at every account.`);
      before = after;
      return plan;
    });
    return {
      id: `impact.${name.split(' ').at(-1) ?? ''}`,
      name: `Impact plan of an edit ${name}, 10,000 accounts`,
      unit: 'ms',
      ours,
      other: { value: naive * (accounts.length / some.length), name: 'naive merge' },
      note: 'The naive merge was measured on a sample of the accounts and scaled.',
    };
  });
}
