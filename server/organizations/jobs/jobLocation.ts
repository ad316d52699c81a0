import { introductionOf, placeOf, singleAt, type Place } from '../../core/advice/effectivePlaces.ts';
import { effectiveAt, type EffectiveContainer } from '../../core/merge/effective.ts';
import { presentContainers } from '../../core/validation/effectiveError.ts';
import { viewLocation } from '../../features/viewLocation.ts';
import type { Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { ViewLocation } from '../../protocol.ts';
import type { BackupJob } from '../services.ts';

/**
 * The line of a policy that a job rests on: of a copy the target that has its vault, else the rule, else the plan. Undefined
 * for jobs that no plan of the account's effective policy started.
 */
export function jobLocation(snapshot: Snapshot, organization: Organization, job: Pick<BackupJob, 'type' | 'accountId' | 'planName' | 'ruleName' | 'vaultArn'>): ViewLocation | undefined {
  const entity = organization.byId.get(job.accountId);
  if (entity === undefined || job.planName === undefined) return undefined;
  const { tree } = effectiveOf(snapshot, organization, entity);
  const place = placeIn(tree, job);
  return place === undefined ? undefined : viewLocation(snapshot, place.uri, place.span);
}

function placeIn(tree: EffectiveContainer, { type, accountId, planName = '', ruleName, vaultArn }: Pick<BackupJob, 'type' | 'accountId' | 'planName' | 'ruleName' | 'vaultArn'>): Place | undefined {
  const plan = effectiveAt(tree, ['plans', planName]);
  if (plan?.kind !== 'container') return undefined;
  const rule = ruleName === undefined ? undefined : effectiveAt(plan, ['rules', ruleName]);
  if (rule?.kind !== 'container') return introductionOf(plan);
  const targets = type === 'copy' ? presentContainers(rule.children.get('copy_actions')).flatMap((copy) => singleAt(copy, 'target_backup_vault_arn') ?? []) : [];
  const target = targets.find(({ text }) => text.replace('$account', accountId).toLowerCase() === vaultArn.toLowerCase());
  return target === undefined ? introductionOf(rule) : placeOf(target);
}
