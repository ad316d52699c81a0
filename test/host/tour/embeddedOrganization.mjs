// An organization in a file that has what a model says, as the extension's embedded organization reads it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes an organization with the tree, the policies and the attachments of the model in a folder.
 * @param organizationId one that no other has: the extension remembers what it pushed to each.
 * @returns reading and changing what it holds, past the extension, as somebody else would.
 */
export function writeEmbedded(folder, file, organizationId) {
  const { root, policies } = JSON.parse(readFileSync(path.join(folder, 'backup-organization.json'), 'utf8'));
  const state = { version: 1, partition: 'aws', organizationId, managementAccountId: '111122223333', featureSet: 'ALL', root: { id: root.id, name: root.name }, units: [], accounts: [], policies: [], attachments: {}, policyType: 'ENABLED', effective: {}, documents: [], reports: [], ids: 0 };
  // A policy without an id in the model gets one.
  const idOf = (name) => policies[name].id ?? `p-h4rb${name.replace(/[^a-z]/g, '')}`;
  const add = (entity, parentId) => {
    if (parentId !== undefined) (/^\d/.test(entity.id) ? state.accounts : state.units).push({ id: entity.id, name: entity.name, parentId });
    const attached = (entity.policies ?? []).map(idOf);
    if (attached.length > 0) state.attachments[entity.id] = attached;
    for (const child of [...(entity.organizationalUnits ?? []), ...(entity.accounts ?? [])]) add(child, entity.id);
  };
  add(root);
  for (const [name, { file: policy, description = '' }] of Object.entries(policies)) state.policies.push({ id: idOf(name), name, description, content: readFileSync(path.join(folder, policy), 'utf8'), tags: [] });
  const write = (next) => writeFileSync(file, JSON.stringify(next));
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  write(state);
  return {
    contentOf: (name) => read().policies.find((each) => each.name === name)?.content,
    /** The names of the policies attached to a root, OU or account, in order. */
    attachedTo: (id) => {
      const now = read();
      return (now.attachments[id] ?? []).map((policy) => now.policies.find((each) => each.id === policy)?.name);
    },
    change: (name, content) => {
      const now = read();
      write({ ...now, policies: now.policies.map((each) => (each.name === name ? { ...each, content } : each)) });
    },
  };
}
