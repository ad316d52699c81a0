import { URI, Utils } from 'vscode-uri';
import { finished, type Steps } from '../core/steps.ts';
import { accountsOfLevel, entitiesOf, findEntity, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { AttachedPolicyView, DocumentTargetView, EntityView, OrganizationView, TargetRef } from '../protocol.ts';
import { healthAt, organizationHealth, warningsOf, type HealthCounts } from './accountHealth.ts';
import { documentTarget } from './documentTarget.ts';
import { failingGuardrails } from './guardrails/guardrailResults.ts';
import { rangeOf } from './ranges.ts';

/** All modelled organizations with their roots. */
export function organizationViews(snapshot: Snapshot): readonly OrganizationView[] {
  return [...snapshot.organizations.values()].map((organization) => ({
    uri: organization.uri,
    name: organization.root?.name ?? Utils.basename(URI.parse(organization.uri)),
    root: organization.root === undefined ? null : entityView(snapshot, organization, organization.root),
  }));
}

/** The OUs and accounts directly in an entity. */
export function childViews(snapshot: Snapshot, target: TargetRef): readonly EntityView[] {
  const found = lookUp(snapshot, target);
  return found === undefined ? [] : found.entity.children.map((child) => entityView(snapshot, found.organization, child));
}

/** Every entity of every model, each parent before its children. */
export function allEntityViews(snapshot: Snapshot): readonly EntityView[] {
  return finished(entityViewSteps(snapshot));
}

/** The same in steps. */
export function* entityViewSteps(snapshot: Snapshot): Steps<readonly EntityView[]> {
  const views: EntityView[] = [];
  for (const organization of snapshot.organizations.values()) {
    for (const entity of entitiesOf(organization)) {
      yield;
      views.push(entityView(snapshot, organization, entity));
    }
  }
  return views;
}

/** One entity; undefined when it is gone. */
export function entityViewOf(snapshot: Snapshot, target: TargetRef): EntityView | undefined {
  const found = lookUp(snapshot, target);
  return found === undefined ? undefined : entityView(snapshot, found.organization, found.entity);
}

/** The target that hover, lens and panel speak of for a document. */
export function documentTargetView(snapshot: Snapshot, uri: string, chosen: TargetRef | undefined): DocumentTargetView {
  const target = documentTarget(snapshot, uri, chosen);
  if (target === undefined) return { target: null, reason: 'none' };
  return { target: entityView(snapshot, target.organization, target.entity), reason: target.reason };
}

/** An entity as trees and pickers show it. */
export function entityView(snapshot: Snapshot, organization: Organization, entity: Entity): EntityView {
  return {
    target: { organization: organization.uri, key: entity.key },
    kind: entity.kind,
    name: entity.name,
    ...(entity.id === undefined ? {} : { id: entity.id }),
    path: entity.path,
    policies: entity.attachments.map((attachment, index): AttachedPolicyView => {
      const uri = organization.policies.get(attachment.policy)?.uri;
      return {
        name: attachment.policy,
        ...(uri === undefined ? {} : { uri }),
        index,
        found: uri !== undefined && snapshot.policies.has(uri),
        location: { uri: organization.uri, range: rangeOf(organization.document, attachment.span) },
      };
    }),
    hasChildren: entity.children.length > 0,
    accounts: entity.accounts,
    errors: ownErrors(snapshot, organization, entity),
    ...healthFields(snapshot, organization, entity),
    failingGuardrails: failingGuardrails(snapshot, organization, entity).map(({ guardrail, accounts }) => ({ name: guardrail.name, accounts })),
    location: { uri: organization.uri, range: rangeOf(organization.document, entity.nameSpan) },
  };
}

const noCounts: HealthCounts = { invalid: 0, unprotected: 0, warned: 0 };

function healthFields(snapshot: Snapshot, organization: Organization, entity: Entity): Pick<EntityView, 'health' | 'warnings' | 'invalidAccounts' | 'unprotectedAccounts' | 'warnedAccounts'> {
  const { invalid, unprotected, warned } = entity.kind === 'account' ? noCounts : organizationHealth(snapshot, organization).countsOf(entity);
  const health = entity.kind === 'account' ? healthAt(snapshot, organization, entity) : undefined;
  return {
    ...(health === undefined ? {} : { health }),
    warnings: health === 'warned' ? warningsOf(effectiveOf(snapshot, organization, entity), snapshot.at) : 0,
    invalidAccounts: invalid,
    unprotectedAccounts: unprotected,
    warnedAccounts: warned,
  };
}

/** AWS's errors, of accounts only where they matter: an OU that merely holds a part that others complete is not invalid. */
function ownErrors(snapshot: Snapshot, organization: Organization, entity: Entity): readonly string[] {
  if (entity.kind !== 'account' && accountsOfLevel(entity).length === 0) return [];
  return effectiveOf(snapshot, organization, entity).errors.map((error) => `${error.code}: ${error.message} (${error.path})`);
}

function lookUp(snapshot: Snapshot, target: TargetRef): { readonly organization: Organization; readonly entity: Entity } | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  return organization === undefined || entity === undefined ? undefined : { organization, entity };
}
