import { stackSetTemplate, type StackSetTemplate } from '../../core/readiness/stackSet/stackSetTemplate.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { readinessGroups } from './readinessGroups.ts';

/** The CloudFormation template of one model, or of the part at and below `target`. */
export function readinessTemplate(snapshot: Snapshot, organization: Organization, target?: Entity): StackSetTemplate {
  const groups = readinessGroups(snapshot, organization, target).map(({ accounts, requirements }) => ({ accounts: accounts.map(({ path }) => path), requirements: requirements.items }));
  return stackSetTemplate((target ?? organization.root)?.path ?? 'the organization', groups);
}
