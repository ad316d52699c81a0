import type { Document } from '../core/document/tree.ts';
import { insertMembers, type JsonEdit } from './jsonLayout.ts';
import { memberOf } from './modelEdits.ts';

/**
 * The edit that writes the id of a policy into its definition in a model file, behind its file or in place of an old
 * id. Undefined when it stands there already, or when the model has no definition of that name to write into.
 */
export function policyIdEdit(document: Document, name: string, id: string): JsonEdit | undefined {
  const { root } = document;
  const policies = root?.type === 'object' ? memberOf(root, 'policies')?.value : undefined;
  const definition = policies?.type === 'object' ? memberOf(policies, name)?.value : undefined;
  if (definition?.type !== 'object') return undefined;
  const known = memberOf(definition, 'id')?.value;
  if (known === undefined) return insertMembers(document, definition, [`"id": ${JSON.stringify(id)}`], memberOf(definition, 'file') ?? definition.members.at(-1));
  if (known.type === 'string' && known.text === id) return undefined;
  return { start: known.start, end: known.end, newText: JSON.stringify(id) };
}
