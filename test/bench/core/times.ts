import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { attachmentIndex } from '../../../server/model/attachments.ts';
import { below } from '../../../server/model/organization.ts';
import { applyChanges, type FileChange, type Snapshot } from '../../../server/model/snapshot.ts';
import { leafPolicy, localPolicy, rootPolicy, unitPolicy } from '../organization.ts';
import { keystroke } from '../policyTexts.ts';
import { at, forgetting, generate, naively, naivelyJudged, sampleOf, sharedly, sharedlyJudged, type Generated } from './organizations.ts';
import { timeOf, type Repetition } from './timing.ts';

/** Milliseconds that the effective policies of all accounts of one organization take. */
export interface Times {
  readonly size: number;
  /** Each account from scratch. */
  readonly naive: number;
  /** So many accounts were merged from scratch; the time is scaled to all. */
  readonly sample: number;
  readonly cold: number;
  /** From the new text of a policy attached at the root, at an OU with fewer than 100 below, at accounts. */
  readonly root: number;
  readonly unit: number;
  readonly account: number;
  /** Of the accounts that an edit at an OU of 20 accounts reaches. */
  readonly local: number;
  /** With AWS's verdict on each, cold. */
  readonly judged: { readonly naive: number; readonly cold: number };
}

/** Measures an organization of this many accounts. @param sample from so many accounts on the naive merge works on a sample. */
export function timesOf(size: number, sample: number, repetition: Repetition): Times {
  const generated = generate(size);
  const { snapshot, organization, accounts } = generated;
  compare(generated);
  const some = sampleOf(accounts, sample);
  const few = sampleOf(accounts, Math.min(sample, 40));
  const slow: Repetition = { time: 0, iterations: 2 };
  const fresh = (): Snapshot => forgetting(snapshot);
  // In turns, so that both have the same share of what else the machine does.
  const turns = [0, 1].map(() => ({
    naive: timeOf(slow, fresh, (each) => naively(each, organization, some)) * (accounts.length / some.length),
    cold: timeOf(repetition, fresh, (each) => sharedly(each, organization, accounts)),
    judgedNaive: timeOf(slow, fresh, (each) => naivelyJudged(each, organization, few)) * (accounts.length / few.length),
    judgedCold: timeOf(repetition, fresh, (each) => sharedlyJudged(each, organization, accounts)),
  }));
  const least = (of: (turn: (typeof turns)[number]) => number): number => Math.min(...turns.map(of));
  return {
    size,
    naive: least((turn) => turn.naive),
    sample: some.length,
    cold: least((turn) => turn.cold),
    root: afterEdit(generated, rootPolicy, repetition),
    unit: afterEdit(generated, unitPolicy, repetition),
    account: afterEdit(generated, leafPolicy, repetition),
    local: whatIsReached(generated, repetition),
    judged: { naive: least((turn) => turn.judgedNaive), cold: least((turn) => turn.judgedCold) },
  };
}

/** From the new text of a policy to the effective policies of all accounts. */
function afterEdit(generated: Generated, uri: string, repetition: Repetition): number {
  const { organization, accounts } = generated;
  return typing(generated, uri, repetition, (before, change) => {
    const next = applyChanges(before, at, [change]);
    sharedly(next, organization, accounts);
    return next;
  });
}

/** The same for the accounts that the edit reaches; all others keep what they had, which is looked at once. */
function whatIsReached(generated: Generated, repetition: Repetition): number {
  const { organization, snapshot, files, accounts } = generated;
  const reached = (): readonly (typeof accounts)[number][] => (attachmentIndex(organization).entities.get('local') ?? []).flatMap((entity) => [...below(entity)].filter(({ kind }) => kind === 'account'));
  const apart = new Set(reached());
  if (apart.size !== 20) throw new Error(`The local edit reaches ${String(apart.size)} accounts.`);
  const first = forgetting(snapshot);
  sharedly(first, organization, accounts);
  const next = applyChanges(first, at, [{ ...fileOf(files, localPolicy), text: keystroke(fileOf(files, localPolicy), 799) }]);
  for (const account of accounts) {
    const same = sharedly(first, organization, [account])[0] === sharedly(next, organization, [account])[0];
    if (same === apart.has(account)) throw new Error(`A local edit ${same ? 'does not change' : 'changes'} ${account.path}.`);
  }
  return typing(generated, localPolicy, repetition, (before, change) => {
    const after = applyChanges(before, at, [change]);
    sharedly(after, organization, reached());
    return after;
  });
}

function typing({ snapshot, organization, accounts, files }: Generated, uri: string, repetition: Repetition, run: (before: Snapshot, change: FileChange) => Snapshot): number {
  const file = fileOf(files, uri);
  let state = snapshot;
  sharedly(state, organization, accounts);
  return timeOf(repetition, (turn): FileChange => ({ ...file, text: keystroke(file, turn) }), (change) => {
    state = run(state, change);
    return state;
  });
}

function fileOf(files: readonly FileChange[], uri: string): FileChange {
  const file = files.find((each) => each.uri === uri);
  if (file === undefined) throw new Error(`There is no ${uri}.`);
  return file;
}

/** Both ways must tell the same, or there is nothing to compare. */
function compare({ snapshot, organization, accounts }: Generated): void {
  const some = sampleOf(accounts, 50);
  const [ours, naive] = [sharedly(snapshot, organization, some), naively(snapshot, organization, some)];
  const [ourErrors, naiveErrors] = [sharedlyJudged(snapshot, organization, some), naivelyJudged(snapshot, organization, some)];
  for (const [index, account] of some.entries()) {
    const [left, right] = [ours[index], naive[index]];
    if (left === undefined || right === undefined || JSON.stringify(effectiveJson(left)) !== JSON.stringify(effectiveJson(right))) throw new Error(`The naive merge gives ${account.path} another policy.`);
    if (ourErrors[index]?.length !== naiveErrors[index]?.length) throw new Error(`The naive merge gives ${account.path} another verdict.`);
  }
}
