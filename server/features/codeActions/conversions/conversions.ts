import { parseDocument } from '../../../core/document/parse.ts';
import type { Document, Member, ObjectNode } from '../../../core/document/tree.ts';
import { lineEndOf } from '../../indentation.ts';
import { indentationUnit } from '../../jsonLayout.ts';
import { applyEdits, replacement, type Fix } from '../fix.ts';
import { fixAllEdits } from '../fixAll.ts';
import { memberAt } from '../place.ts';
import { wrapAllEdits } from '../shapes.ts';
import { backupPlanPolicy } from './backupPlan.ts';
import { plainJson } from './plainJson.ts';
import { policyText } from './policyText.ts';

/**
 * The ways to make a policy of a whole document that is something else: an effective policy, the answer of
 * a command that holds one, or a plan of AWS Backup. What is certain is mended in the same step.
 * @param at epoch milliseconds UTC, the time by which schedules are judged.
 */
export function conversionsOf(document: Document, at: number): readonly Fix[] {
  const { root } = document;
  if (root?.type !== 'object' || document.problems.length > 0) return [];
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const fixes = effectivePolicy(document, root, at) ?? answer(document, root, at) ?? backupPlan(document, root, at) ?? [];
  remembered.set(document, fixes);
  return fixes;
}

const remembered = new WeakMap<Document, readonly Fix[]>();

/** Plain values below "plans" and no operator anywhere. */
function effectivePolicy(document: Document, root: ObjectNode, at: number): readonly Fix[] | undefined {
  if (memberAt(root, 'plans') === undefined || /"@/.test(document.text)) return undefined;
  const wraps = wrapAllEdits(document);
  if (wraps.length === 0) return undefined;
  return [conversion(document, 'Convert this effective policy to a policy: @@assign everywhere', wraps, at)];
}

/** The text in which `describe-effective-policy` and `describe-policy` of the AWS CLI answer. */
function answer(document: Document, root: ObjectNode, at: number): readonly Fix[] | undefined {
  const content = [root, ...root.members.flatMap(({ value }) => (value.type === 'object' ? [value] : []))]
    .flatMap((object) => memberAt(object, 'PolicyContent') ?? memberAt(object, 'Content') ?? [])[0];
  const inner = content === undefined ? undefined : innerDocument(document, content);
  if (content === undefined || inner === undefined) return undefined;
  const effective = content.key.text === 'PolicyContent';
  const text = applyEdits(inner.text, effective && !/"@/.test(inner.text) ? wrapAllEdits(inner) : []);
  const title = effective ? 'Convert this effective policy to a policy: @@assign everywhere' : 'Take the policy out of this answer';
  return [conversion(document, title, [replacement(document, whole(document), text)], at)];
}

function innerDocument(document: Document, { value }: Member): Document | undefined {
  const parsed = value.type === 'string' ? parseDocument(value.text) : undefined;
  if (parsed?.root?.type !== 'object' || parsed.problems.length > 0) return undefined;
  const json = plainJson(parsed.root);
  return json === undefined ? undefined : parseDocument(`${policyText(json, layoutOf(document))}${lineEndOf(document.text)}`);
}

function backupPlan(document: Document, root: ObjectNode, at: number): readonly Fix[] | undefined {
  const json = plainJson(root);
  const found = json === undefined ? undefined : backupPlanPolicy(json);
  if (found === undefined) return undefined;
  const text = `${policyText(found.policy, layoutOf(document))}${lineEndOf(document.text)}`;
  const open = found.open.length === 0 ? '' : `; fill in ${found.open.join(', ')}`;
  return [conversion(document, `Convert this AWS Backup plan to a policy${open}`, [replacement(document, whole(document), text)], at)];
}

/** Several edits stay several where nothing more is to mend, so that the rest of the text is not touched. */
function conversion(document: Document, title: string, edits: Fix['edits'], at: number): Fix {
  const text = applyEdits(document.text, edits);
  const parsed = parseDocument(text);
  const further = fixAllEdits(parsed, at);
  if (further.length === 0) return { title, edits, certain: false };
  return { title, edits: [replacement(document, whole(document), applyEdits(text, further))], certain: false };
}

function whole({ text }: Document): { readonly start: number; readonly end: number } {
  return { start: 0, end: text.length };
}

function layoutOf({ text }: Document): { readonly unit: string; readonly eol: string } {
  return { unit: indentationUnit(text), eol: lineEndOf(text) };
}
