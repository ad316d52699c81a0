import { describe, expect, test } from 'vitest';
import { loadOrganization } from '../../server/cli/organization.ts';
import { cascadeView } from '../../server/features/cascade/cascadeView.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { isCascadeAnswer } from '../../client/webview/cascade/cascadeShape.ts';
import { cascadeRows, groupIds } from '../../client/webview/cascade/cascadeRows.ts';
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

  test.each([...entitiesOf(organization)].map((entity) => [entity.path, entity.id ?? entity.path] as const))('the cascade takes, and draws few rows at first: %s', (_, key) => {
    const view = cascadeView(snapshot, { organization: organization.uri, key });
    if (view === undefined) throw new Error(`There is no target ${key}.`);
    expect(isCascadeAnswer(JSON.parse(JSON.stringify({ view, answer: null })))).toBe(true);
    expect(isCascadeAnswer({ view: { ...view, rows: [{}] }, answer: null })).toBe(false);
    const atFirst = cascadeRows(view, {});
    const all = cascadeRows(view, Object.fromEntries(groupIds(view.rows).map((id) => [id, true])));
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
    expect(atFirst.length).toBeLessThan(all.length / 2);
  });
});
