import { parseDocument } from '../core/document/parse.ts';
import type { Node } from '../core/document/tree.ts';
import { looksLikePolicy } from '../files.ts';

/** Texts with more characters are not looked at: a policy has 10,000. */
export const maximumLength = 1_000_000;

/** True for a text that is a backup policy by its content: `plans` at its root and an inheritance operator below. */
export function isPolicyContent(text: string): boolean {
  if (text.length > maximumLength || !looksLikePolicy(text)) return false;
  const { root } = parseDocument(text);
  return root?.type === 'object' && root.members.some(({ key }) => key.text.toLowerCase() === 'plans') && hasOperator(root);
}

/**
 * True for a text under a policy's name that is certainly something else, such as an IAM policy. An empty or
 * half-typed text, and one with a misspelt `plans`, is what its name says.
 */
export function isOtherContent(text: string): boolean {
  const { root, problems } = parseDocument(text);
  if (root?.type === 'array') return root.items.length > 0;
  if (root?.type !== 'object' || root.members.length === 0 || hasOperator(root)) return false;
  const keys = root.members.map(({ key }) => key);
  if (problems.some(({ kind }) => kind === 'syntax')) return keys.some(({ text: key }) => foreignKey.test(key));
  return !keys.some((key) => key.template || /^plans?$/i.test(key.text));
}

/** How keys of IAM policies, CloudFormation templates and their like begin: it tells them in a broken text. */
const foreignKey = /^[A-Z$](?!lans?$)/;

function hasOperator(node: Node): boolean {
  if (node.type === 'array') return node.items.some(hasOperator);
  return node.type === 'object' && node.members.some(({ key, value }) => key.text.startsWith('@@') || hasOperator(value));
}
