import { URI, Utils } from 'vscode-uri';
import { usesOf } from '../../model/attachments.ts';
import { attachmentEdits, type ModelEdit } from '../modelEdits.ts';
import type { Draft } from './draft.ts';
import { ownersOf, removals } from './statementText.ts';

/**
 * Detaches a policy everywhere, takes its definition out of every model, and deletes its file.
 * @returns why that cannot be done, undefined when it is.
 */
export function removePolicy(draft: Draft, uri: string): string | undefined {
  for (const { organization, names, entities } of usesOf(draft.snapshot.organizations, uri)) {
    const { document } = organization;
    const [name] = names;
    const policies = ownersOf(document, ['policies'])?.at(-1)?.member.value;
    const member = policies?.type === 'object' ? policies.members.find(({ key }) => key.text === name) : undefined;
    const file = Utils.basename(URI.parse(organization.uri));
    if (name === undefined || names.length > 1 || policies?.type !== 'object' || member === undefined) return `${file} knows this policy under several names. Leave one of them first.`;
    const edits: ModelEdit[] = [...removals(document, policies, (each) => each === member)];
    for (const entity of entities) {
      const detached = attachmentEdits(document, entity, name, undefined);
      if (detached === undefined) return `The "policies" of ${entity.path} is not a list of names. Mend it in ${file} first.`;
      edits.push(...detached);
    }
    draft.edit(organization.uri, edits);
  }
  draft.delete(uri);
  return undefined;
}
