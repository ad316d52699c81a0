import type { PushedPolicyView } from '../../protocol/push.ts';
import type { NotDone, WriteResult } from '../writes/write.ts';
import type { AssessedPolicy } from './assessPolicy.ts';

/** What reading back found: what was written, something else, or no answer. */
export type ReadBack = 'same' | 'other' | 'unread';

/** Says what came of one policy of a push. */
export function outcomeView({ policy: { name }, remote }: AssessedPolicy, result: WriteResult | undefined, readBack: ReadBack, policyId = remote?.id): PushedPolicyView {
  const view = { name, ...(policyId === undefined ? {} : { policyId }), conflict: false } as const;
  switch (result?.type) {
    case undefined:
      return { ...view, outcome: 'notDone', summary: `"${name}" was not sent.` };
    case 'done':
      return remote === undefined
        ? { ...view, outcome: 'created', summary: `Created "${name}" as ${policyId ?? 'a new policy'}.${after(readBack)}` }
        : { ...view, outcome: 'updated', summary: `Updated "${name}".${after(readBack)}` };
    case 'already':
      return { ...view, outcome: 'already', summary: `AWS had "${name}" so already when it was to be written.${after(readBack)}` };
    case 'unknown':
      return { ...view, outcome: 'unknown', summary: `Whether "${name}" was written is not known: ${result.error.message} Push again to find out; what is there already is not written twice.` };
    case 'notDone':
      return { ...view, outcome: 'notDone', conflict: result.why.type === 'conflict', summary: reason(name, result.why, remote === undefined) };
  }
}

function reason(name: string, why: NotDone, creating: boolean): string {
  switch (why.type) {
    case 'failure':
      return `"${name}" was not written: ${why.error.message} ${why.error.nextStep}`;
    case 'conflict':
      if (why.remote === undefined) return `"${name}" was deleted in AWS after it was shown, so nothing was sent. Push again to create it anew.`;
      if (creating) return `Somebody created a policy "${name}" (${why.remote.id}) in AWS meanwhile, so nothing was sent. Push again to compare with it.`;
      return `Somebody changed "${name}" in AWS after it was shown, so nothing was sent. Push again to see the three-way difference.`;
    case 'cancelled':
      return `"${name}" was not sent: the push was cancelled before.`;
    case 'notReached':
      return `"${name}" was not sent, because a policy before it was not written.`;
    case 'notJournalled':
      return `"${name}" was not sent: the journal that undo needs could not be written (${why.detail}). Make room in the extension's storage, then push again.`;
  }
}

function after(readBack: ReadBack): string {
  if (readBack === 'same') return '';
  return readBack === 'other' ? ' Read again, AWS holds something else by now: somebody changed it right after.' : ' It could not be read again to make sure.';
}
