import type { PolicyTextView, RemoteConflictView, RemoteFailureView, RemoteOutcomeView, RemoteWriteView } from '../../protocol.ts';
import { failureActions } from '../failureActions.ts';
import type { OrganizationsError } from '../errors.ts';
import { journalled } from './journal.ts';
import { updated, wordsOf, type NotDone, type OperationOutcome, type PolicyText, type RemoteOperation, type RemoteWrite, type WriteResult } from './write.ts';

/** What became of an operation, in words for the user. */
export function operationView(operation: RemoteOperation, { id, results, complete }: OperationOutcome): RemoteOutcomeView {
  const at = results.findIndex((result) => result.type === 'notDone' || result.type === 'unknown');
  const [result, write] = [results[at], operation.writes[at]];
  const some = results.some((each) => each.type === 'done' || each.type === 'unknown');
  const conflict = result === undefined || write === undefined ? undefined : conflictOf(write, result);
  const failure = result === undefined || write === undefined ? undefined : failureOf(write, result);
  return {
    title: operation.title,
    complete,
    writes: operation.writes.map((each, index) => writeView(each, results[index])),
    ...(failure === undefined ? {} : { failure }),
    ...(conflict === undefined ? {} : { conflict }),
    ...(complete || !some || id === undefined ? {} : { leftOpen: id }),
  };
}

/** Name, description and content alone. */
export function textView({ name, description, content }: PolicyText): PolicyTextView {
  return { name, description, content };
}

function writeView(write: RemoteWrite, result: WriteResult | undefined): RemoteWriteView {
  const what = wordsOf(write);
  if (result === undefined) return { what, result: 'notReached' };
  const kept = journalled(result);
  if (!('message' in kept)) return { what, result: kept.type };
  if (result.type === 'notDone' && result.why.type === 'notReached') return { what, result: 'notReached' };
  return { what, result: kept.type, message: kept.message };
}

function conflictOf(write: RemoteWrite, result: WriteResult): RemoteConflictView | undefined {
  const remote = result.type === 'unknown' ? result.remote : result.type === 'notDone' && result.why.type === 'conflict' ? result.why.remote : undefined;
  const conflict = remote !== undefined || (result.type === 'notDone' && result.why.type === 'conflict');
  if (!conflict) return undefined;
  const there = remote === undefined ? null : textView(remote);
  switch (write.type) {
    case 'createPolicy':
      return { policyName: write.name, expected: textView(write), wanted: textView(write), remote: there };
    case 'updatePolicy':
      return { policyName: write.before.name, expected: write.before, wanted: updated(write.before, write.after), remote: there };
    case 'deletePolicy':
      return { policyName: write.before.name, expected: write.before, wanted: null, remote: there };
    default:
      return undefined;
  }
}

function failureOf(write: RemoteWrite, result: WriteResult): RemoteFailureView | undefined {
  if (result.type === 'unknown') return errorView(result.error);
  return result.type === 'notDone' ? reasonView(write, result.why) : undefined;
}

function errorView(error: OrganizationsError): RemoteFailureView {
  return { message: error.message, nextStep: error.nextStep, actions: failureActions(error) };
}

function reasonView(write: RemoteWrite, why: NotDone): RemoteFailureView | undefined {
  switch (why.type) {
    case 'failure':
      return errorView(why.error);
    case 'conflict':
      if (write.type === 'createPolicy') return { message: `AWS has a policy "${write.name}" already, and its content is another one.`, nextStep: 'Compare the two, then update that policy or choose another name.', actions: [] };
      return why.remote === undefined
        ? { message: `The policy to ${wordsOf(write).replace(/ policy/, '')} is no longer in AWS, so nothing was sent.`, nextStep: 'Read the organization from AWS again.', actions: [] }
        : { message: `Somebody else has changed policy "${why.remote.name}" in AWS meanwhile, so nothing was sent over that change.`, nextStep: 'Compare the versions and decide which to keep.', actions: [] };
    case 'notJournalled':
      return { message: `The journal could not be written (${why.detail}), so nothing was sent to AWS.`, nextStep: 'Make room on the disk or mend the rights of the storage folder, then try again.', actions: [] };
    case 'cancelled':
    case 'notReached':
      return undefined;
  }
}
