import { inheritanceAdvice } from '../core/advice/inheritanceAdvice.ts';
import type { Finding } from '../core/advice/finding.ts';
import { describeIgnored } from '../core/advice/ignoredStatements.ts';
import { messageText } from '../core/messageText.ts';
import type { Steps } from '../core/steps.ts';
import { nothingEffective } from '../core/merge/effective.ts';
import type { IgnoredStatement } from '../core/merge/trace.ts';
import type { Problem } from '../core/problem.ts';
import { attachmentIndex, usesOf } from '../model/attachments.ts';
import { accountsOfLevel, type Entity, type Organization } from '../model/organization.ts';
import { attachedPolicies, effectiveOf, type Effective, type Snapshot } from '../model/snapshot.ts';
import { entryOf } from './entryOf.ts';
import { listed } from './listed.ts';

/** A problem in the file that it stands in. */
export type FiledProblem = readonly [uri: string, problem: Problem];

/** A finding, with the places of attachment where it holds. */
interface Found {
  readonly first: Finding;
  readonly places: Set<Entity>;
  /** True for a statement that does nothing, false for one that does something else than it seems. */
  readonly idle: boolean;
}

/** What policies say in vain where they are attached, or with another effect than it seems; the same finding of several targets is one. */
export function* ineffectiveProblemSteps(snapshot: Snapshot): Steps<readonly FiledProblem[]> {
  const found = new Map<string, Found>();
  // A statement can be without effect for one reason here and another there: only both together are everywhere.
  const idle = new Map<string, Set<Entity>>();
  for (const organization of snapshot.organizations.values()) {
    for (const entity of attachmentIndex(organization).points) {
      yield;
      const effective = effectiveOf(snapshot, organization, entity);
      for (const ignored of effective.ignored) {
        const first = describeIgnored(ignored);
        if (first === undefined) continue;
        entryOf(idle, statementKey(first), () => new Set<Entity>()).add(entity);
        entryOf(found, `${statementKey(first)}\n${first.rule}`, () => ({ first, places: new Set<Entity>(), idle: true })).places.add(entity);
      }
      for (const first of adviceAt(snapshot, organization, entity, effective)) {
        entryOf(found, `${statementKey(first)}\n${first.rule}`, () => ({ first, places: new Set<Entity>(), idle: false })).places.add(entity);
      }
    }
  }
  const problems: FiledProblem[] = [];
  for (const each of found.values()) {
    yield;
    problems.push([each.first.uri, problemOf(snapshot, each, idle.get(statementKey(each.first)) ?? each.places)]);
  }
  return problems;
}

/** Kept for as long as the level is merged from the same inputs, within a minute. */
function adviceAt(snapshot: Snapshot, organization: Organization, entity: Entity, { tree, errors, ignored }: Effective): readonly Finding[] {
  const minute = Math.floor(snapshot.at / 60_000);
  const known = remembered.get(ignored);
  if (known?.minute === minute) return known.findings;
  const findings = inheritanceAdvice({
    level: entity,
    policies: attachedPolicies(snapshot, organization, entity),
    inherited: entity.parent === undefined ? nothingEffective : effectiveOf(snapshot, organization, entity.parent).tree,
    tree,
    isFinal: errors.length > 0 && accountsOfLevel(entity).length > 0,
    errors,
  });
  remembered.set(ignored, { minute, findings });
  return findings;
}

const remembered = new WeakMap<readonly IgnoredStatement[], { readonly minute: number; readonly findings: readonly Finding[] }>();

function statementKey({ uri, span }: Finding): string {
  return `${uri}\n${String(span.start)}`;
}

/** @param idle every place of attachment where the statement has no effect, for whatever reason. */
function problemOf(snapshot: Snapshot, { first, places, idle: isIdle }: Found, idle: ReadonlySet<Entity>): Problem {
  const attached = new Set(usesOf(snapshot.organizations, first.uri).flatMap((use) => use.entities));
  const everywhere = idle.size >= attached.size;
  const elsewhere = everywhere || !isIdle ? '' : '; elsewhere it takes effect';
  const where = places.size >= attached.size ? '' : ` (At ${listed([...places].map((place) => place.path))}${elsewhere}.)`;
  return {
    rule: first.rule,
    message: messageText(`${first.message}${where}`),
    span: { start: first.span.start, end: first.span.end },
    path: first.path,
    ...(first.related === undefined ? {} : { related: first.related }),
    ...(isIdle ? { unnecessary: everywhere && first.rule !== 'later-peer' } : {}),
  };
}
