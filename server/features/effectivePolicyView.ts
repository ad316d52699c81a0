import type { EffectiveContainer, EffectiveLeaf, EffectiveNode } from '../core/merge/effective.ts';
import { effectiveAt, effectiveJson, isPresent } from '../core/merge/effective.ts';
import { describeOperators } from '../core/merge/operators.ts';
import { statedAt } from '../core/merge/statements.ts';
import type { Control, RefusedChild, Source, Statement, TraceEntry } from '../core/merge/trace.ts';
import type { Span } from '../core/document/tree.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { findEntity, pathTo } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { AttemptView, ContainerView, EffectiveErrorView, EffectivePolicyView, LockView, NodeView, OriginView, TargetRef, ValueView, ViewLocation } from '../protocol.ts';
import { plainMeaning } from './plainMeaning.ts';
import { mendingPlace } from './mendingPlace.ts';
import { entityView } from './organizationViews.ts';
import { causeOf, outcomeReason, plainWording } from './outcome.ts';
import { elementsOf, elementText, settingSummary } from './settingSummary.ts';
import { viewLocation } from './viewLocation.ts';

/** Everything that the side panel shows for a target; undefined when there is no such target. */
export function effectivePolicyView(snapshot: Snapshot, target: TargetRef): EffectivePolicyView | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  const { tree, errors } = effectiveOf(snapshot, organization, entity);
  const view = new PolicyView(snapshot);
  const plans = effectiveAt(tree, ['plans']);
  return {
    target: entityView(snapshot, organization, entity),
    levels: pathTo(entity).map((level) => ({ name: level.name, kind: level.kind, policies: level.attachments.map((attachment) => attachment.policy) })),
    empty: !isPresent(tree),
    errors: errors.map((error) => effectiveErrorView(snapshot, error)),
    plans: plans?.kind === 'container' ? view.children(plans) : [],
  };
}

/** The effective policy of a target as AWS prints it, indented; undefined when there is no such target. */
export function effectiveText(snapshot: Snapshot, target: TargetRef): string | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  return `${JSON.stringify(effectiveJson(effectiveOf(snapshot, organization, entity).tree), undefined, 2)}\n`;
}

/** What AWS says about an effective policy, with the statement that can mend it. */
export function effectiveErrorView(snapshot: Snapshot, error: EffectiveError): EffectiveErrorView {
  const place = mendingPlace(error);
  const location = place === undefined ? undefined : viewLocation(snapshot, place.uri, place.span);
  return {
    code: error.code,
    message: error.message,
    path: error.path,
    policies: error.contributors.map((source) => source.policy.name),
    ...(location === undefined ? {} : { location }),
  };
}

class PolicyView {
  readonly #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  children(node: EffectiveContainer): readonly NodeView[] {
    return [...node.children.values()].flatMap((child) => {
      const view = child.kind === 'container' ? this.#container(child, node) : this.#value(child);
      return view === undefined ? [] : [view];
    });
  }

  /** A container that shows something: settings, or what was kept out of it. */
  #container(node: EffectiveContainer, parent: EffectiveContainer): ContainerView | undefined {
    const children = this.children(node);
    const first = node.contributors[0];
    if (first === undefined || (children.length === 0 && node.refused.length === 0)) return undefined;
    const detail = settingSummary(node);
    return {
      type: 'container',
      id: node.path.join('/'),
      name: node.name,
      noun: parent.grammar.names?.noun ?? node.grammar.title.toLowerCase(),
      ...(detail === undefined ? {} : { detail }),
      origin: this.#origin(first, spanOf(first, node.path), '@@assign'),
      children,
      refused: node.refused.map((child) => this.#refused(child)),
      locks: this.#locks(node),
    };
  }

  #value(leaf: EffectiveLeaf): ValueView | undefined {
    if (leaf.trace.length === 0) return undefined;
    const elements = elementsOf(leaf);
    const [only] = elements;
    const meaning = leaf.kind === 'single' && only?.unknown === false ? plainMeaning(leaf.grammar.value, only.text) : undefined;
    return {
      type: 'value',
      id: leaf.path.join('/'),
      name: leaf.name,
      kind: leaf.kind,
      values: elements.map((element) => ({ text: elementText(element), origin: this.#statementOrigin(element.origin) })),
      ...(meaning === undefined ? {} : { meaning }),
      attempts: leaf.trace.flatMap((entry) => this.#attempt(entry)),
      locks: this.#locks(leaf),
    };
  }

  #attempt({ statement, outcome }: TraceEntry): readonly AttemptView[] {
    if (outcome.type === 'applied') return [];
    const cause = causeOf(outcome);
    const location = cause === undefined ? undefined : this.#location(cause.source.policy.uri, cause.span);
    return [{
      outcome: outcome.type,
      values: statement.values.map((value) => value.text),
      origin: this.#statementOrigin(statement),
      reason: outcomeReason(outcome, plainWording) ?? '',
      ...(location === undefined ? {} : { cause: location }),
    }];
  }

  #refused({ stated, source, by }: RefusedChild): AttemptView {
    const cause = this.#location(by.source.policy.uri, by.span);
    return {
      outcome: 'blocked',
      values: [stated.name],
      origin: this.#origin(source, stated.keySpan, '@@assign'),
      reason: outcomeReason({ type: 'blocked', by }, plainWording) ?? '',
      ...(cause === undefined ? {} : { cause }),
    };
  }

  #locks(node: EffectiveNode): readonly LockView[] {
    return node.controls.map((control: Control) => ({
      allowed: describeOperators(control.allowed),
      origin: this.#origin(control.source, control.span, '@@operators_allowed_for_child_policies'),
    }));
  }

  #statementOrigin(statement: Statement): OriginView {
    return this.#origin(statement.source, statement.span, `@@${statement.operator}`);
  }

  #origin({ level, policy }: Source, span: Span, operator: string): OriginView {
    const start = { line: 0, character: 0 };
    return {
      level: level.path,
      levelName: level.name,
      levelKind: level.kind,
      policy: policy.name,
      operator,
      location: this.#location(policy.uri, span) ?? { uri: policy.uri, range: { start, end: start } },
    };
  }

  #location(uri: string, span: Span): ViewLocation | undefined {
    return viewLocation(this.#snapshot, uri, span);
  }
}

/** Where a policy first mentions a container: its key. */
function spanOf(source: Source, path: readonly string[]): Span {
  return statedAt(source.policy.content, path)?.keySpan ?? { start: 0, end: 0 };
}
