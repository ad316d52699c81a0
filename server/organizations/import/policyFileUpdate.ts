import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import type { JsonEdit } from '../../features/jsonLayout.ts';
import type { ImportConflict } from '../../protocol.ts';
import { contentEdits, isJson, meansTheSame, newFileText } from './contentEdits.ts';
import type { ImportedPolicy } from './importedPolicies.ts';

/** What becomes of a policy file. */
export type PolicyFileUpdate =
  | { readonly type: 'create'; readonly text: string }
  /** It means what AWS has. */
  | { readonly type: 'same' }
  | { readonly type: 'edit'; readonly before: string; readonly edits: readonly JsonEdit[] }
  /** It was edited here, and AWS has what it had. */
  | { readonly type: 'editedHere' }
  | { readonly type: 'conflict'; readonly reason: ImportConflict['reason'] };

/** AWS's content is taken where nobody has edited the file since the last import; `document` is the file, if there is one. */
export function policyFileUpdate({ content, last }: ImportedPolicy, document: Document | undefined): PolicyFileUpdate {
  if (document === undefined) return { type: 'create', text: newFileText(content) };
  if (isJson(document) && withoutBlanks(document.text) === withoutBlanks(content)) return { type: 'same' };
  const remote = parseDocument(content);
  if (meansTheSame(document, remote)) return { type: 'same' };
  if (!isJson(document) || !isJson(remote)) return { type: 'conflict', reason: 'notJson' };
  if (last === undefined) return { type: 'conflict', reason: 'unknown' };
  const base = parseDocument(last.content);
  if (meansTheSame(document, base)) return { type: 'edit', before: document.text, edits: contentEdits(document, remote) };
  return meansTheSame(remote, base) ? { type: 'editedHere' } : { type: 'conflict', reason: 'both' };
}

/** Most files differ from AWS's text in white space alone: then nothing is to be read. */
function withoutBlanks(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));
}
