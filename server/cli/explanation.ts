import type { EffectiveLeaf } from '../core/merge/effective.ts';
import { isPresent } from '../core/merge/effective.ts';
import { describeOperators } from '../core/merge/operators.ts';
import type { Control, Outcome as Fate, Source, Statement } from '../core/merge/trace.ts';
import { controlSentence, statedTexts } from '../features/mentionSentence.ts';
import { mentionedChildren, mentionsOf, type Mention, type MentionedNode } from '../features/mentions.ts';
import { causeOf, outcomeReason, outcomeWord, plainWording } from '../features/outcome.ts';
import type { NotSetReason } from '../features/whyNotSet/notSetReasons.ts';
import { placesOf, reasonSentence } from '../features/whyNotSet/reasonView.ts';
import type { Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { printedPlace, type PrintedPlace } from './place.ts';

/** A policy that takes part at a level, with a place in its file. */
interface ExplainedSource extends PrintedPlace {
  readonly level: string;
  readonly policy: string;
}

/** A statement as `explain` prints it. */
export interface ExplainedStatement extends ExplainedSource {
  /** Empty where a policy names a group of settings. */
  readonly operator: string;
  readonly values: readonly string[];
  readonly outcome: Fate['type'];
  /** True when a part of the effective value is its work. */
  readonly wins: boolean;
  /** The outcome with its reason. */
  readonly reason: string;
  /** The statement or control that is the reason. */
  readonly by?: ExplainedSource & ({ readonly operator: string } | { readonly allowed: string });
}

/** A control at a setting, as `explain` prints it. */
interface ExplainedControl extends ExplainedSource {
  readonly allowed: string;
  readonly sentence: string;
}

/** Why a setting has no value, as `explain` prints it. */
export interface ExplainedReason {
  readonly type: NotSetReason['type'];
  readonly sentence: string;
  readonly statement?: PrintedPlace;
  readonly cause?: PrintedPlace;
}

/** A setting below a group, in brief. */
export interface ExplainedSetting {
  readonly path: string;
  /** Null when it has none. */
  readonly value: string | readonly string[] | null;
  readonly setBy: readonly ExplainedSource[];
  /** Statements that are not part of the value. */
  readonly lost: number;
}

/** What `explain --format json` prints. */
export interface Explanation {
  readonly target: string;
  readonly path: string;
  readonly state: 'set' | 'notSet';
  /** Null for a group, and for a setting without a value. */
  readonly value: string | readonly string[] | null;
  /** From the root to the target, with the policies attached to each in order. */
  readonly levels: readonly { readonly level: string; readonly policies: readonly string[] }[];
  readonly trace: readonly ExplainedStatement[];
  readonly controls: readonly ExplainedControl[];
  /** Why it has no value, or why AWS withholds it. */
  readonly reasons: readonly ExplainedReason[];
  /** What AWS does without the setting. */
  readonly consequence?: string;
  /** The settings of a group; undefined for a setting. */
  readonly settings?: readonly ExplainedSetting[];
}

/** Every statement of a setting or group in AWS's order. */
export function explainedTrace(snapshot: Snapshot, mentioned: MentionedNode): readonly ExplainedStatement[] {
  return mentionsOf(mentioned).map((mention) => statement(snapshot, mention));
}

function statement(snapshot: Snapshot, { source, operation, span, outcome }: Mention): ExplainedStatement {
  const cause = causeOf(outcome);
  return {
    ...sourceOf(snapshot, source, span),
    operator: operation === undefined ? '' : `@@${operation.operator}`,
    values: operation === undefined ? [] : statedTexts(operation),
    outcome: outcome.type,
    wins: outcome.type === 'applied',
    reason: reasonOf(outcome),
    ...(cause === undefined ? {} : { by: causeOfStatement(snapshot, cause) }),
  };
}

function causeOfStatement(snapshot: Snapshot, cause: Statement | Control): NonNullable<ExplainedStatement['by']> {
  const source = sourceOf(snapshot, cause.source, cause.span);
  return 'operator' in cause ? { ...source, operator: `@@${cause.operator}` } : { ...source, allowed: describeOperators(cause.allowed) };
}

function reasonOf(outcome: Fate): string {
  const reason = outcomeReason(outcome, plainWording);
  if (reason === undefined) return 'applied';
  return reason.startsWith('by ') ? `${outcomeWord(outcome)} ${reason}` : `${outcomeWord(outcome)}: ${reason}`;
}

/** The controls at a setting or group, root first. */
export function explainedControls(snapshot: Snapshot, { node, grammar }: MentionedNode): readonly ExplainedControl[] {
  const on = grammar.kind === 'container' ? 'group' : 'setting';
  return (node?.controls ?? []).map((control) => ({
    ...sourceOf(snapshot, control.source, control.span),
    allowed: describeOperators(control.allowed),
    sentence: controlSentence(control, on, undefined),
  }));
}

/** Reasons why a setting has no value, with their places. */
export function explainedReasons(snapshot: Snapshot, organization: Organization, reasons: readonly NotSetReason[]): readonly ExplainedReason[] {
  return reasons.map((reason) => {
    const { statement: stated, cause } = placesOf(organization, reason);
    return {
      type: reason.type,
      sentence: reasonSentence(reason),
      ...(stated === undefined ? {} : { statement: printedPlace(snapshot, stated.uri, stated.span) }),
      ...(cause === undefined ? {} : { cause: printedPlace(snapshot, cause.uri, cause.span) }),
    };
  });
}

/** The settings below a group, in the order of the effective policy, those that were refused last in their group. */
export function explainedSettings(snapshot: Snapshot, group: MentionedNode): readonly ExplainedSetting[] {
  return mentionedChildren(group).flatMap((child): readonly ExplainedSetting[] => {
    if (child.grammar.kind === 'container') return explainedSettings(snapshot, child);
    const mentions = mentionsOf(child);
    const setBy = mentions.filter(({ outcome }) => outcome.type === 'applied').map(({ source, span }) => sourceOf(snapshot, source, span));
    return [{ path: child.path.join('/'), value: valueOf(child), setBy, lost: mentions.length - setBy.length }];
  });
}

/** The effective value; null without one, or for a group. */
export function valueOf({ node }: MentionedNode): string | readonly string[] | null {
  if (node === undefined || node.kind === 'container' || !isPresent(node)) return null;
  return textsOf(node);
}

function textsOf({ value }: EffectiveLeaf): string | readonly string[] | null {
  if (value === undefined) return null;
  return value.kind === 'single' ? value.element.text : value.elements.map((element) => element.text);
}

function sourceOf(snapshot: Snapshot, { level, policy }: Source, span: Mention['span']): ExplainedSource {
  return { level: level.path, policy: policy.name, ...printedPlace(snapshot, policy.uri, span) };
}
