import { describe, expect, test } from 'vitest';
import { loadOrganization } from '../../server/cli/organization.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { isHostMessage } from '../../client/webview/messages.ts';
import { rowsOf } from '../../client/webview/rows.ts';

const { snapshot, organization } = loadOrganization('samples/backup-organization.json', Date.parse('2026-11-21T00:00:00Z'));

describe('what the server says of the sample organization', () => {
  test.each([...entitiesOf(organization)].map((entity) => [entity.path, entity.id ?? entity.path] as const))('the panel takes: %s', (_, key) => {
    const view = effectivePolicyView(snapshot, { organization: organization.uri, key });
    const received: unknown = JSON.parse(JSON.stringify({ type: 'state', state: { kind: 'policy', view } }));
    expect(isHostMessage(received)).toBe(true);
    const ids = rowsOf(view?.plans ?? [], () => true).map((row) => row.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
