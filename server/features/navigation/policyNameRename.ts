import type { Position, WorkspaceEdit } from 'vscode-languageserver-types';
import { hasTemplate } from '../../core/document/template.ts';
import type { Span } from '../../core/document/tree.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import type { Organization } from '../../model/organization.ts';
import { applyChanges, type Snapshot } from '../../model/snapshot.ts';
import { offsetAt } from '../ranges.ts';
import { attachedNames, policyNameAt, type PolicyNameInModel } from './modelNames.ts';
import { renamedFile, renameStart, workspaceEdit, type RenameRefusal, type RenameStart } from './renameEdits.ts';
import { fileName } from './renameObstacles.ts';
import { changedByRename } from './renameProof.ts';

/** AWS's longest name of a policy, in characters. */
const longestName = 128;

/** `textDocument/prepareRename` in a model file: the name of a policy, where it is defined or attached. */
export function preparePolicyRename(organization: Organization, position: Position): RenameStart | RenameRefusal {
  const found = renamedName(organization, position);
  if ('refusal' in found) return found;
  const { document } = organization;
  return renameStart(document, found.span, found.name, offsetAt(document, position));
}

/** `textDocument/rename` of a policy in a model file: its definition and every attachment. What accounts get stays the same. */
export function renamePolicy(snapshot: Snapshot, organization: Organization, position: Position, newName: string): WorkspaceEdit | RenameRefusal {
  const found = renamedName(organization, position);
  if ('refusal' in found) return found;
  const { document, uri } = organization;
  if (newName === found.name) return { changes: {} };
  if (newName.length === 0 || newName.length > longestName) return { refusal: `AWS takes 1 to ${String(longestName)} characters for the name of a policy, and "${newName.slice(0, 20)}" has ${String(newName.length)}. Choose another name.` };
  if (hasTemplate(newName)) return { refusal: `"${newName}" is filled in by a template, so what it will name is not known. Choose a plain name.` };
  const taken = takenBy(organization, newName);
  if (taken !== undefined) return { refusal: `${taken} Names of policies are unique, and the rename would join the two. Choose another name.` };
  const file = renamedFile('organization', uri, document, spansOf(organization, found.name), newName);
  const changed = changedByRename(snapshot, applyChanges(snapshot, snapshot.at, [file.change]), undefined);
  if (changed !== undefined) return { refusal: `${changed} would get another effective policy after the rename, so nothing was renamed. Look for policies of the same name in ${fileName(uri)}.` };
  return workspaceEdit([file]);
}

function renamedName(organization: Organization, position: Position): PolicyNameInModel | RenameRefusal {
  const { document } = organization;
  if (document.problems.length > 0) return { refusal: `${fileName(organization.uri)} is not valid JSON, so nothing was renamed. Mend the problems shown in it first.` };
  const found = policyNameAt(organization, offsetAt(document, position));
  if (found === undefined) return { refusal: 'Here only names of policies can be renamed. The others are those that AWS has for the root, organizational units and accounts: change them as in AWS.' };
  return hasTemplate(found.name) ? { refusal: `A template fills in a part of "${found.name}", so what it names is not known. Rename it by hand.` } : found;
}

/** A sentence on what has the name already; names are compared letter for letter, as the model file does. */
function takenBy(organization: Organization, newName: string): string | undefined {
  if (organization.policies.has(newName)) return `${fileName(organization.uri)} defines a policy "${newName}" already.`;
  const [entity] = attachmentIndex(organization).entities.get(newName) ?? [];
  return entity === undefined ? undefined : `${entity.path} has a policy "${newName}" attached, although none is defined.`;
}

/** The definition, which may stand twice by mistake, and the attachments. */
function spansOf(organization: Organization, name: string): readonly Span[] {
  const { root } = organization.document;
  const policies = root?.type === 'object' ? root.members.find(({ key }) => key.text === 'policies')?.value : undefined;
  const definitions = policies?.type === 'object' ? policies.members.filter(({ key }) => key.text === name).map(({ key }) => key) : [];
  return [...definitions, ...attachedNames(organization, name)];
}
