import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { countCharacters } from '../../core/admission/size.ts';
import type { Document } from '../../core/document/tree.ts';
import { messageText } from '../../core/messageText.ts';
import { verdictOf, type Problem } from '../../core/problem.ts';
import { rangeOf } from '../../features/ranges.ts';
import type { ModelledPolicy } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { PushPolicyView } from '../../protocol/push.ts';
import { textToSend, type TextToSend } from './textToSend.ts';

/** A policy file as it can be pushed. */
export interface PushableFile {
  readonly uri: string;
  /** What stands in the file. */
  readonly text: string;
  readonly sent: Exclude<TextToSend, { readonly form: 'tooLong' }>;
  readonly warnings: readonly string[];
}

/** Why a policy cannot be pushed, for people. */
export interface RefusedFile {
  readonly refusal: string;
  readonly problems: PushPolicyView['problems'];
}

/** Source: limits-and-errors §1 [api]. */
const maximumName = 128;
const maximumDescription = 512;
const day = 86_400_000;
/** Account ids that an import numbers where it hides AWS's. */
const placeholderAccount = /(?<!\d)0{8}\d{4}(?!\d)/;

/**
 * Judges a policy file of a model as AWS will: only what it would take is pushed.
 * @param files as they are saved: whoever has edits saves them first.
 * @param at epoch milliseconds UTC, the time of the request.
 */
export function pushableFile(policy: ModelledPolicy, files: Snapshot, at: number): PushableFile | RefusedFile {
  const { name, file, uri } = policy;
  if (uri === undefined) return refused(`"${name}" has no file in the folder of the model. Give the path of its file in the model.`);
  const document = files.policies.get(uri)?.document;
  if (document === undefined) return refused(`${file} cannot be read. Create it, or mend its path in the model.`);
  const [nameLength, descriptionLength] = [countCharacters(name), countCharacters(policy.description ?? '')];
  if (nameLength < 1 || nameLength > maximumName) return refused(`The name "${name}" has ${String(nameLength)} characters; AWS takes 1 to ${String(maximumName)}. Rename it in the model.`);
  if (descriptionLength > maximumDescription) return refused(`The description of "${name}" has ${String(descriptionLength)} characters; AWS takes ${String(maximumDescription)}. Shorten it in the model.`);
  if (document.templated) return refused(`${file} is a template: its tokens are filled in by another tool, and AWS takes only the result. Push the filled-in policy.`);
  const hidden = placeholderAccount.exec(document.text)?.[0];
  if (hidden !== undefined) return refused(`${file} names the account ${hidden}, which stands for one whose id an import left out. Import the organization with its ids, and push from there.`);
  const problems = rejections(document, at);
  if (problems.length > 0) return { refusal: `AWS would refuse ${file}: ${messageText(problems[0]?.message ?? '')}${problems.length > 1 ? ` ${String(problems.length - 1)} more.` : ''}`, problems: problems.map(({ message, span }) => ({ message: messageText(message), location: { uri, range: rangeOf(document, span) } })) };
  const sent = textToSend(document.text);
  if (sent.form === 'tooLong') return refused(`${file} has ${String(sent.characters)} characters even without white space, and AWS takes 10,000. Move plans into a policy of their own.`);
  return { uri, text: document.text, sent, warnings: rejections(document, at + day).length > 0 ? [`AWS takes the schedules of "${name}" today, but not by tomorrow: it judges them by the time of the request. Sending this text again later, as undo does, will be refused.`] : [] };
}

function refused(refusal: string): RefusedFile {
  return { refusal, problems: [] };
}

/** What AWS refuses; a text that is too long may still fit without white space. */
function rejections(document: Document, at: number): readonly Problem[] {
  return admissionProblems(document, at).filter((problem) => problem.rule !== 'document-size' && verdictOf([problem]) === 'rejected');
}
