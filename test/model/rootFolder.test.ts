import { describe, expect, test } from 'vitest';
import { guardedOrganization } from '../../server/model/guardedAccounts.ts';
import { folderOf } from '../../server/model/folderOf.ts';
import { organizationFor } from '../../server/model/attachments.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';

const model = '{ "root": { "name": "Root", "policies": [], "organizationalUnits": [], "accounts": [] }, "policies": {} }';

describe.each(['memfs:', 'memfs://host', 'file:///home/team'])('a model in the folder %s/', (folder) => {
  const modelUri = `${folder}/backup-organization.json`;
  const guardrailsUri = `${folder}/nested/backup-guardrails.json`;
  const snapshot = applyChanges(emptySnapshot(0), 0, [
    { type: 'organization', uri: modelUri, text: model },
    { type: 'guardrails', uri: guardrailsUri, text: '{ "guardrails": {} }' },
  ]);

  test('is the one that guardrails and policies below it belong to', () => {
    const guardrails = snapshot.guardrails.get(guardrailsUri);
    expect(guardrails === undefined ? undefined : guardedOrganization(snapshot.organizations, guardrails)?.uri).toBe(modelUri);
    expect(organizationFor(snapshot.organizations, `${folder}/a/b.json`)?.uri).toBe(modelUri);
  });

  test('is not the one of files elsewhere', () => {
    expect(organizationFor(snapshot.organizations, 'other:/a/b.json')).toBeUndefined();
    expect(folderOf(modelUri)).toBe(`${folder}/`);
  });
});
