import { entitiesOf, type Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { DriftFinding, DriftReport } from '../../protocol/drift.ts';
import { attachmentFindings } from './attachmentFindings.ts';
import { counted, type Comparison } from './comparison.ts';
import { effectiveFindings } from './effectiveFindings.ts';
import { match } from './matching.ts';
import { policyFindings } from './policyFindings.ts';
import type { DriftReading } from './reading.ts';
import { treeFindings } from './treeFindings.ts';

/** What differs between a model with its files, as they are in the snapshot, and what was read of AWS. Asks nothing of AWS. */
export function driftReport(snapshot: Snapshot, organization: Organization, reading: DriftReading): DriftReport {
  const { remote, readAt } = reading;
  const comparison: Comparison = { snapshot, organization, reading, matching: match(organization, remote) };
  const [policies, entities, attachments] = [policyFindings(comparison), treeFindings(comparison), attachmentFindings(comparison)];
  const effective = effectiveFindings(comparison, [...policies, ...entities, ...attachments]);
  const findings: readonly DriftFinding[] = [...policies, ...entities, ...attachments, ...effective];
  return {
    organization: organization.uri,
    organizationId: remote.id,
    managementAccountId: remote.managementAccountId,
    readAt,
    findings,
    equal: {
      policies: comparison.matching.policyOf.size - new Set(policies.map(({ policy }) => policy).filter((name) => comparison.matching.policyOf.has(name))).size,
      targets: comparison.matching.remoteOf.size - new Set(entities.flatMap(({ type, key }) => (type === 'renamed' || type === 'moved' ? [key] : []))).size,
      attachments: attachmentCount(comparison) - attachments.filter(({ type }) => type === 'surplus').length,
      accounts: reading.accounts.size - effective.length,
    },
    frozen: [...(reading.invalid ?? [])].map((id) => remote.entities.get(id)?.path ?? id),
    notes: [...reading.notes, ...orderNote(organization)],
  };
}

/** Attachments in AWS at targets that the model has. */
function attachmentCount({ reading: { remote }, matching: { localOf } }: Comparison): number {
  return [...remote.policies.values()].reduce((sum, { targets }) => sum + targets.filter((id) => localOf.has(id)).length, 0);
}

function orderNote(organization: Organization): readonly string[] {
  let several = 0;
  for (const { attachments } of entitiesOf(organization)) if (attachments.length > 1) several += 1;
  return several === 0 ? [] : [`AWS does not tell the order in which policies were attached, so it was not compared; ${several === 1 ? '1 target has' : `${counted(several, 'target')} have`} several policies.`];
}
