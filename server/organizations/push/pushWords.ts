import type { ModelledPolicy } from '../../model/organization.ts';
import type { TargetDescription } from '../api.ts';
import type { PolicyChange } from './policyChange.ts';
import type { PushableFile } from './pushableFile.ts';
import type { Match, RemotePolicy } from './remotePolicies.ts';

/** `1 account`, `39 accounts`, `2 policies`. */
export function counted(number: number, noun: string): string {
  return `${String(number)} ${number === 1 ? noun : noun.replace(/y?$/, (end) => (end === '' ? 's' : 'ies'))}`;
}

/** Says what AWS will hold, and why another id or name than expected plays a part in it. */
export function creationSummary({ name, id }: ModelledPolicy, file: PushableFile, { staleId }: Match): string {
  const stale = staleId ? `The id ${id ?? ''} of the model is not in this organization, so the policy is created anew and its new id is written into the model. ` : '';
  return `${stale}AWS creates the policy "${name}"${size(file)}. It has no effect until it is attached.`;
}

/** Says what of an existing policy changes. */
export function updateSummary({ name, id }: ModelledPolicy, file: PushableFile, { by, staleId }: Match, remote: RemotePolicy, change: PolicyChange, base: boolean): string {
  const found = by === 'name'
    ? `${staleId ? `The id ${id ?? ''} of the model is not in this organization; it` : 'The organization'} has a policy of this name, ${remote.id}, and its id is written into the model. `
    : '';
  const parts = change.fields.map((field) => (field === 'content' ? `its content${size(file)}` : field === 'name' ? `its name, from "${remote.name}"` : 'its description'));
  const where = remote.targets.length === 0 ? 'attached nowhere' : `attached to ${names(remote.targets)}`;
  const blind = base ? '' : ' What AWS had at the last push or import is not known here, so look at the difference first.';
  return `${found}AWS replaces ${parts.join(', ')} of "${name}", ${where}.${blind}`;
}

/** Says that nothing is to be done, and what differs all the same. */
export function unchangedSummary({ name }: ModelledPolicy, { textOnly, keepsDescription }: PolicyChange): string {
  const text = textOnly ? ' Only white space or the order of members differs, so nothing is sent.' : '';
  const description = keepsDescription ? ' AWS cannot empty a description, so the old one stays.' : '';
  return `AWS has "${name}" as the file says.${text}${description}`;
}

/** Says that somebody else changed what would be written. */
export function conflictSummary({ name }: ModelledPolicy, { changedElsewhere }: PolicyChange): string {
  return `The ${changedElsewhere.join(' and the ')} of "${name}" changed in AWS since the last push or import, and the file says something else. It is left alone until you choose.`;
}

/** The first names of targets, and how many more. */
export function names(targets: readonly TargetDescription[]): string {
  const shown = targets.slice(0, 3).map(({ name, id }) => `${name} (${id})`).join(', ');
  return targets.length > 3 ? `${shown} and ${String(targets.length - 3)} more` : shown;
}

function size({ sent }: PushableFile): string {
  return sent.form === 'minified' ? `, sent without white space: the file has ${String(sent.written)} characters, AWS takes 10,000, and ${String(sent.characters)} are left` : '';
}
