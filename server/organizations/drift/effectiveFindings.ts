import { readEffective } from '../../core/merge/effectiveReading.ts';
import { policyDifference } from '../../core/plan/policyDifference.ts';
import type { EffectiveError } from '../../core/validation/effectiveError.ts';
import { listed } from '../../features/listed.ts';
import { pathTo, type Entity } from '../../model/organization.ts';
import { effectiveOf, type Effective } from '../../model/snapshot.ts';
import type { DriftFinding, EffectiveFinding } from '../../protocol/drift.ts';
import type { ValidationError } from '../api.ts';
import { changeView, counted, type Comparison } from './comparison.ts';
import { explainingOrder } from './orderExplanation.ts';
import type { AccountReading } from './reading.ts';
import { accountsByTree } from './sampling.ts';

/**
 * What differs between the effective policies that we work out and those that AWS gives the accounts that were read.
 * An account that AWS has frozen shows its last valid policy; its errors are compared instead.
 * @param others the findings about files, tree and attachments, which may explain these.
 */
export function effectiveFindings(comparison: Comparison, others: readonly DriftFinding[]): readonly EffectiveFinding[] {
  const { snapshot, organization, reading, matching } = comparison;
  const sharing = new Map(accountsByTree(snapshot, organization).map(({ tree, accounts }) => [tree, accounts.length]));
  return [...reading.accounts].flatMap(([id, account]) => {
    const entity = matching.localOf.get(id);
    if (entity === undefined) return [];
    const ours = effectiveOf(snapshot, organization, entity);
    const finding = accountFinding(comparison, { entity, id, account, ours, frozen: reading.invalid?.has(id) === true }, others);
    return finding === undefined ? [] : [{ ...finding, accounts: sharing.get(ours.tree) ?? 1 }];
  });
}

interface Compared {
  readonly entity: Entity;
  readonly id: string;
  readonly account: AccountReading;
  readonly ours: Effective;
  readonly frozen: boolean;
}

function accountFinding(comparison: Comparison, compared: Compared, others: readonly DriftFinding[]): EffectiveFinding | undefined {
  const { entity, id, account: { effective, report }, ours, frozen } = compared;
  const base = { kind: 'effective', account: { key: entity.key, id, path: entity.path }, accounts: 1, content: effective.content, updated: effective.updated } as const;
  if (frozen || ours.errors.length > 0) {
    const errors = errorDifference(ours.errors, report?.errors ?? []);
    if (frozen && ours.errors.length > 0 && errors.length === 0) return undefined;
    const cause = driftOnPath(comparison, entity, others) ? 'drift' : 'unexplained';
    const type = frozen ? 'frozen' : 'notFrozen';
    return { ...base, type, id: `effective ${type} ${id}`, changes: [], errors, cause, message: frozenMessage(entity, frozen, ours.errors.length, errors.length), nextStep: nextStepOf(cause) };
  }
  const { tree, unread } = readEffective(effective.content);
  const differences = policyDifference(ours.tree, tree, comparison.snapshot.at);
  if (differences.length === 0 && unread.length === 0) return undefined;
  const changes = [...differences.map(changeView), ...unread.map((path) => ({ type: 'added', path } as const))];
  const drifted = driftOnPath(comparison, entity, others);
  const order = drifted || unread.length > 0 ? undefined : explainingOrder(comparison, entity, tree);
  const cause = drifted ? 'drift' : order === undefined ? 'unexplained' : 'order';
  const places = listed(changes.map(({ path }) => path.split('/').slice(1).join('/')));
  const message = `AWS gives ${entity.path} another effective policy than the model, in ${counted(changes.length, 'setting')}: ${places}.`;
  const orders = order?.map(({ entity: { path }, policies }) => `${path}: ${policies.join(', ')}`).join('; ');
  return { ...base, type: 'differs', id: `effective differs ${id}`, changes, errors: [], cause, message, nextStep: orders === undefined ? nextStepOf(cause) : `AWS's answer fits another order of attachment: ${orders}. AWS does not tell the order; put it into the model if it is so.` };
}

function frozenMessage({ path }: Entity, frozen: boolean, ours: number, different: number): string {
  if (!frozen) return `AWS takes the effective policy of ${path}, in which we find ${counted(ours, 'error')}.`;
  if (ours === 0) return `AWS has frozen ${path}: it keeps the last valid effective policy, for ${counted(different, 'error')} that we do not find.`;
  return `AWS has frozen ${path}: it keeps the last valid effective policy, for other errors than we find.`;
}

function nextStepOf(cause: EffectiveFinding['cause']): string {
  return cause === 'drift'
    ? 'The differences in policies, tree or attachments above explain it: settle these first.'
    : 'Policies, tree and attachments are the same. Either a change is still on its way to the account, which takes AWS some seconds, or our merge is wrong: compare again, and save a case if it stays.';
}

const keyOf = ({ code, message, path }: { readonly code: string; readonly message: string; readonly path: string }): string => `${code}\n${message}\n${path.toLowerCase()}`;

/** The errors that one side alone has; neither their order nor repetitions mean anything. Source: limits-and-errors §4 [obs]. */
function errorDifference(ours: readonly EffectiveError[], theirs: readonly ValidationError[]): EffectiveFinding['errors'] {
  const [known, told] = [new Set(ours.map(keyOf)), new Set(theirs.map(keyOf))];
  const view = (from: 'AWS' | 'model', { code, message, path }: ValidationError | EffectiveError) => ({ from, code, message, path });
  return [
    ...theirs.filter((error) => !known.has(keyOf(error))).map((error) => view('AWS', error)),
    ...ours.filter((error) => !told.has(keyOf(error))).map((error) => view('model', error)),
  ];
}

/** True when something that the account inherits from is not the same in AWS. */
function driftOnPath({ reading: { remote }, matching: { remoteOf } }: Comparison, account: Entity, others: readonly DriftFinding[]): boolean {
  const path = pathTo(account);
  const keys = new Set(path.map(({ key }) => key));
  const places = new Set(path.map((entity) => entity.path));
  const attached = new Set(path.flatMap(({ attachments }) => attachments.map(({ policy }) => policy)));
  const ids = new Set<string>();
  for (let each = remoteOf.get(account); each !== undefined; each = each.parent) ids.add(each.id);
  return others.some((finding) => {
    switch (finding.kind) {
      case 'policy':
        if (finding.type === 'onlyInAws') return remote.policies.get(finding.remote?.id ?? '')?.targets.some((id) => ids.has(id)) === true;
        return (finding.type === 'differs' || finding.type === 'fileMissing' || finding.type === 'onlyInModel') && attached.has(finding.policy);
      case 'organization':
        return finding.type === 'moved' && (keys.has(finding.key ?? '') || places.has(finding.path));
      case 'attachment':
        return ids.has(finding.target.id) || keys.has(finding.target.key);
      case 'effective':
        return false;
    }
  });
}
