import type { EffectiveContainer, EffectiveElement, EffectiveLeaf, EffectiveNode } from '../core/merge/effective.ts';
import { effectiveAt, effectiveJson, isPresent } from '../core/merge/effective.ts';
import { describeOperators } from '../core/merge/operators.ts';
import { statedAt } from '../core/merge/statements.ts';
import type { Control, Outcome, RefusedChild, Source, Statement, TraceEntry } from '../core/merge/trace.ts';
import type { Span } from '../core/document/tree.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { findEntity, pathTo } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { AttemptView, ContainerView, EffectiveErrorView, EffectivePolicyView, LockView, NodeView, OriginView, TargetRef, ValueView, ViewLocation } from '../protocol.ts';
import { documentOf } from './diagnostics.ts';
import { plainMeaning } from './plainMeaning.ts';
import { mendingPlace } from './mendingPlace.ts';
import { entityView } from './organizationViews.ts';
import { outcomeReason, plainWording } from './outcome.ts';
import { rangeOf } from './ranges.ts';

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
    errors: errors.map((error) => view.error(error)),
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

  error(error: EffectiveError): EffectiveErrorView {
    const place = mendingPlace(error);
    const location = place === undefined ? undefined : this.#location(place.uri, place.span);
    return {
      code: error.code,
      message: error.message,
      path: error.path,
      policies: error.contributors.map((source) => source.policy.name),
      ...(location === undefined ? {} : { location }),
    };
  }

  /** A container that shows something: settings, or what was kept out of it. */
  #container(node: EffectiveContainer, parent: EffectiveContainer): ContainerView | undefined {
    const children = this.children(node);
    const first = node.contributors[0];
    if (first === undefined || (children.length === 0 && node.refused.length === 0)) return undefined;
    const detail = summary(node);
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
    const document = documentOf(this.#snapshot, uri);
    return document === undefined ? undefined : { uri, range: rangeOf(document, span) };
  }
}

function elementsOf(leaf: EffectiveLeaf): readonly EffectiveElement[] {
  if (leaf.value === undefined) return [];
  return leaf.value.kind === 'single' ? [leaf.value.element] : leaf.value.elements;
}

function causeOf(outcome: Outcome): Statement | Control | undefined {
  if (outcome.type === 'overridden' || outcome.type === 'blocked') return outcome.by;
  return outcome.type === 'noEffect' && outcome.reason.type === 'laterPeer' ? outcome.reason.first : undefined;
}

/** What a row says beside the name of a plan, rule, selection or entry: the setting that tells it from its like. */
function summary(node: EffectiveContainer): string | undefined {
  const schedule = textOf(node, 'schedule_expression');
  if (schedule !== undefined) return plainMeaning('scheduleExpression', schedule) ?? schedule;
  const tag = textOf(node, 'tag_key');
  if (tag !== undefined) return [tag, textOf(node, 'tag_value')].filter((text) => text !== undefined).join(' = ');
  const condition = textOf(node, 'condition_key');
  if (condition !== undefined) return [condition, textOf(node, 'condition_value')].filter((text) => text !== undefined).join(': ');
  return textOf(node, 'resource_types') ?? textOf(node, 'regions') ?? textOf(node, 'target_backup_vault_arn');
}

function textOf(node: EffectiveContainer, key: string): string | undefined {
  const leaf = node.children.get(key);
  if (leaf === undefined || leaf.kind === 'container') return undefined;
  const texts = elementsOf(leaf).map(elementText);
  return texts.length === 0 ? undefined : texts.join(', ');
}

/** The text of a value; one that a template fills in later is not known. */
function elementText({ text, unknown }: EffectiveElement): string {
  return unknown ? '(filled in by a template)' : text;
}

/** Where a policy first mentions a container: its key. */
function spanOf(source: Source, path: readonly string[]): Span {
  return statedAt(source.policy.content, path)?.keySpan ?? { start: 0, end: 0 };
}
