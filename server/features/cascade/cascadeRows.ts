import { describeOperators } from '../../core/merge/operators.ts';
import type { EffectiveLeaf } from '../../core/merge/effective.ts';
import type { Control } from '../../core/merge/trace.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import type { Effective, Snapshot } from '../../model/snapshot.ts';
import type { CascadeControlView, CascadeGroupView, CascadeRowView, CascadeSettingView, CascadeStatementView, NotSetReasonView, ViewLocation } from '../../protocol.ts';
import { controlSentence, mentionSentence, statedTexts } from '../mentionSentence.ts';
import { isMentionedPresent, mentionedChildren, mentionsOf, type Mention, type MentionedNode } from '../mentions.ts';
import { causeOf } from '../outcome.ts';
import { plainMeaning } from '../plainMeaning.ts';
import { elementsOf, elementText, settingSummary } from '../settingSummary.ts';
import { viewLocation } from '../viewLocation.ts';
import { notSetReasons } from '../whyNotSet/notSetReasons.ts';
import { reasonView } from '../whyNotSet/reasonView.ts';

/** What the rows of a cascade are made of. */
export interface CascadeSource {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly entity: Entity;
  readonly effective: Effective;
  /** Controls that would allow more than a higher one, each with that one. */
  readonly widening: ReadonlyMap<Control, Control>;
}

/** Makes the rows of one target's cascade out of what the merge knows of its settings. */
export class CascadeRows {
  readonly #source: CascadeSource;

  constructor(source: CascadeSource) {
    this.#source = source;
  }

  /** The row of a setting or group with everything below it. */
  row(mentioned: MentionedNode, parent: MentionedNode): CascadeRowView {
    return mentioned.grammar.kind === 'container' ? this.#group(mentioned, parent) : this.#setting(mentioned, mentioned.grammar.kind);
  }

  #group(mentioned: MentionedNode, parent: MentionedNode): CascadeGroupView {
    const { node, grammar } = mentioned;
    const noun = parent.grammar.kind === 'container' ? parent.grammar.names?.noun : undefined;
    const detail = node?.kind === 'container' ? settingSummary(node) : undefined;
    return {
      type: 'group',
      ...this.#base(mentioned, 'group'),
      noun: noun ?? grammar.title.toLowerCase(),
      ...(detail === undefined ? {} : { detail }),
      children: mentionedChildren(mentioned).map((child) => this.row(child, mentioned)),
    };
  }

  #setting(mentioned: MentionedNode, kind: 'single' | 'list'): CascadeSettingView {
    const leaf = mentioned.node?.kind === 'container' ? undefined : mentioned.node;
    const elements = leaf === undefined ? [] : elementsOf(leaf);
    const [only] = elements;
    const meaning = leaf?.kind === 'single' && only?.unknown === false ? plainMeaning(leaf.grammar.value, only.text) : undefined;
    return {
      type: 'setting',
      ...this.#base(mentioned, 'setting'),
      kind,
      values: elements.map((element) => ({ text: elementText(element), level: element.origin.source.level.depth, policy: element.origin.source.policy.name })),
      ...(meaning === undefined ? {} : { meaning }),
    };
  }

  #base(mentioned: MentionedNode, on: 'group' | 'setting'): Omit<CascadeGroupView, 'type' | 'noun' | 'detail' | 'children'> {
    const { node, name, path } = mentioned;
    const mentions = mentionsOf(mentioned);
    const leaf = node === undefined || node.kind === 'container' ? undefined : node;
    const present = isMentionedPresent(mentioned);
    return {
      id: path.map((key) => key.replace(/~/g, '~0').replace(/\//g, '~1')).join('/'),
      name,
      path,
      present,
      statements: mentions.map((mention, index) => this.#statement(mention, leaf, index === 0)),
      controls: (node?.controls ?? []).map((control) => this.#control(control, on)),
      notSet: present ? [] : this.#notSet(mentioned),
    };
  }

  #notSet(mentioned: MentionedNode): readonly NotSetReasonView[] {
    const { snapshot, organization, entity, effective } = this.#source;
    const reasons = notSetReasons(snapshot, organization, entity, effective, mentioned.path);
    // That AWS withholds the whole policy is said once for the view.
    return reasons.filter((reason) => reason.type !== 'withheld').map((reason) => reasonView(snapshot, organization, reason));
  }

  #statement(mention: Mention, leaf: EffectiveLeaf | undefined, first: boolean): CascadeStatementView {
    const { source, operation, span, outcome } = mention;
    const cause = causeOf(outcome);
    const causePlace = cause === undefined ? undefined : viewLocation(this.#source.snapshot, cause.source.policy.uri, cause.span);
    const effective = new Set(leaf === undefined ? [] : elementsOf(leaf).map(elementText));
    const canLose = outcome.type === 'applied' && operation?.operator !== 'remove';
    return {
      level: source.level.depth,
      policy: source.policy.name,
      location: this.#place(source.policy.uri, span),
      ...(operation === undefined ? {} : { operator: `@@${operation.operator}` }),
      values: operation === undefined ? [] : statedTexts(operation).map((text) => ({ text, lost: canLose && !effective.has(text) })),
      outcome: outcome.type,
      sentence: mentionSentence(mention, first),
      ...(causePlace === undefined ? {} : { cause: causePlace }),
    };
  }

  #control(control: Control, on: 'group' | 'setting'): CascadeControlView {
    const by = this.#source.widening.get(control);
    return {
      level: control.source.level.depth,
      policy: control.source.policy.name,
      location: this.#place(control.source.policy.uri, control.span),
      allowed: describeOperators(control.allowed),
      sentence: controlSentence(control, on, by),
      narrows: by === undefined,
    };
  }

  #place(uri: string, span: Mention['span']): ViewLocation {
    const start = { line: 0, character: 0 };
    return viewLocation(this.#source.snapshot, uri, span) ?? { uri, range: { start, end: start } };
  }
}
