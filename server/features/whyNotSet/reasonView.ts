import { describeOperators } from '../../core/merge/operators.ts';
import type { Span } from '../../core/document/tree.ts';
import type { Control, Source } from '../../core/merge/trace.ts';
import { messageText } from '../../core/messageText.ts';
import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { NotSetReasonView } from '../../protocol.ts';
import { listed } from '../listed.ts';
import { sourceText } from '../mentionSentence.ts';
import { mendingPlace } from '../mendingPlace.ts';
import { outcomeReason, plainWording } from '../outcome.ts';
import { rangeOf } from '../ranges.ts';
import { viewLocation } from '../viewLocation.ts';
import type { NotSetReason } from './notSetReasons.ts';

/** A place in a file: of a policy, or of the model. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** The statement, attachment or error that a reason speaks of, and the control or statement that is to blame. */
export function placesOf(organization: Organization, reason: NotSetReason): { readonly statement: Place | undefined; readonly cause: Place | undefined } {
  switch (reason.type) {
    case 'blocked':
    case 'overridden':
    case 'refused':
      return { statement: placeIn(reason.source, reason.span), cause: placeIn(reason.by.source, reason.by.span) };
    case 'removed':
      return { statement: placeIn(reason.by.source, reason.by.span), cause: undefined };
    case 'noEffect':
      return { statement: placeIn(reason.source, reason.span), cause: reason.reason.type === 'laterPeer' ? placeIn(reason.reason.first.source, reason.reason.first.span) : undefined };
    case 'empty':
    case 'malformed':
      return { statement: placeIn(reason.source, reason.span), cause: undefined };
    case 'elsewhere':
      return { statement: { uri: reason.uri, span: reason.span }, cause: undefined };
    case 'unreadable': {
      const span = reason.problem.entity.attachments[reason.problem.index]?.span;
      return { statement: span === undefined ? undefined : { uri: organization.uri, span }, cause: undefined };
    }
    case 'neverStated': {
      const [control] = reason.controls;
      return { statement: undefined, cause: control === undefined ? undefined : placeIn(control.source, control.span) };
    }
    case 'withheld': {
      const [error] = reason.errors;
      return { statement: error === undefined ? undefined : mendingPlace(error), cause: undefined };
    }
  }
}

function placeIn({ policy }: Source, span: Span): Place {
  return { uri: policy.uri, span };
}

/** A reason for views: its sentence, and where it leads. */
export function reasonView(snapshot: Snapshot, organization: Organization, reason: NotSetReason): NotSetReasonView {
  const { statement, cause } = placesOf(organization, reason);
  const location = statement === undefined ? undefined : locationOf(snapshot, organization, statement);
  const causeLocation = cause === undefined ? undefined : locationOf(snapshot, organization, cause);
  return {
    type: reason.type,
    sentence: reasonSentence(reason),
    ...(location === undefined ? {} : { location }),
    ...(causeLocation === undefined ? {} : { cause: causeLocation }),
  };
}

function locationOf(snapshot: Snapshot, organization: Organization, { uri, span }: Place): NotSetReasonView['location'] {
  return uri === organization.uri ? { uri, range: rangeOf(organization.document, span) } : viewLocation(snapshot, uri, span);
}

/** The reason in one sentence that names policy and level. */
export function reasonSentence(reason: NotSetReason): string {
  return messageText(sentenceOf(reason));
}

function sentenceOf(reason: NotSetReason): string {
  switch (reason.type) {
    case 'neverStated':
      return neverStated(reason);
    case 'blocked':
      return `${sourceText(reason.source)} states it, but ${sourceText(reason.by.source)} ${leaves(reason.by)}; AWS takes the policy and ignores the statement without a word.`;
    case 'refused':
      return `${sourceText(reason.source)} states it, but ${reason.refused.join('/')} would be new there, and ${sourceText(reason.by.source)} lets lower policies add nothing to ${reason.refused.slice(0, -1).join('/')}; AWS takes the policy and ignores this part without a word.`;
    case 'removed':
      return reason.by.operator === 'remove'
        ? `${sourceText(reason.by.source)} takes the last element out of the list with @@remove; an empty list is left.`
        : `${sourceText(reason.by.source)} makes it an empty list with @@${reason.by.operator}.`;
    case 'overridden':
      return `${sourceText(reason.source)} states it, but ${sourceText(reason.by.source)} overrides it with @@${reason.by.operator}.`;
    case 'noEffect':
      return `${sourceText(reason.source)} states it without effect: ${outcomeReason({ type: 'noEffect', reason: reason.reason }, plainWording) ?? ''}.`;
    case 'empty':
      return `${sourceText(reason.source)} names it, but no policy on the path sets anything in it; AWS leaves empty groups out.`;
    case 'malformed':
      return `${sourceText(reason.source)} writes it in a form that AWS does not take, so it says nothing: see the problems of the file.`;
    case 'elsewhere':
      return reason.entities.length === 0
        ? `The policy ${reason.policy} states it, but it is attached nowhere.`
        : `The policy ${reason.policy} states it, but it is attached elsewhere: ${listed(reason.entities.map((entity) => entity.path))}.`;
    case 'unreadable':
      return `${reason.problem.sentence.replace(/\.$/, '')}; it is attached to ${reason.problem.entity.path} and may state it.`;
    case 'withheld': {
      const [error, ...others] = reason.errors;
      const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
      const who = reason.entity.kind === 'account' ? 'the account keeps its last valid one' : 'accounts placed here keep their last valid one';
      return `AWS withholds the whole effective policy of ${reason.entity.path} (${error?.code ?? ''} at ${error?.path ?? ''}${more}): ${who}.`;
    }
  }
}

function leaves({ allowed }: Control): string {
  return `lets lower policies use ${allowed === 0 ? 'no operator' : `only ${describeOperators(allowed)}`} here`;
}

function neverStated({ path, known, levels, controls }: Extract<NotSetReason, { readonly type: 'neverStated' }>): string {
  const where = levels.length === 1 ? `attached to ${levels[0]?.path ?? ''}` : `on the path from ${levels[0]?.name ?? ''} to ${levels.at(-1)?.name ?? ''}`;
  const [control] = controls;
  if (control !== undefined) return `No policy ${where} sets it; ${sourceText(control.source)} only says what lower policies may do here.`;
  const there = known.length > 1 && known.length < path.length ? `; they speak of ${known.join('/')}` : '';
  return levels.every((level) => level.attachments.length === 0) ? `No policy is ${levels.length === 1 ? where : `attached ${where}`}.` : `No policy ${where} states it${there}.`;
}
