import { describe, expect, test } from 'vitest';
import { isHostMessage, isPanelMessage } from '../../client/webview/messages.ts';
import { emptyPolicy, invalidPolicy, paymentsPolicy, placeIn } from './views.ts';

const place = placeIn('baseline', 3);

describe('the host takes from the panel', () => {
  test.each([
    { type: 'ready' },
    { type: 'reveal', location: place },
    { type: 'command', command: 'chooseTarget' },
    { type: 'command', command: 'restartServer' },
    { type: 'ask', page: 'schedule', params: { days: 14 } },
    { type: 'ask', page: null, params: null },
    { type: 'openEntity', target: { organization: 'file:///organization/backup-organization.json', key: 'r-ab12' } },
  ])('$type $command', (message) => {
    expect(isPanelMessage(message)).toBe(true);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', [{ type: 'ready' }]],
    ['an unknown message', { type: 'close' }],
    ['a command that is none of the panel', { type: 'command', command: 'workbench.action.quit' }],
    ['a place without a range', { type: 'reveal', location: { uri: place.uri } }],
    ['a place with a line before the first', { type: 'reveal', location: { uri: place.uri, range: { start: { line: -1, character: 0 }, end: { line: 0, character: 0 } } } }],
    ['a place with half a line', { type: 'reveal', location: { uri: place.uri, range: { start: { line: 0.5, character: 0 }, end: { line: 1, character: 0 } } } }],
    ['a question for a page that there is not', { type: 'ask', page: 'secrets', params: null }],
    ['a target without a key', { type: 'openEntity', target: { organization: 'file:///m.json' } }],
  ])('not %s', (_, message) => {
    expect(isPanelMessage(message)).toBe(false);
  });
});

describe('the panel takes from the host', () => {
  test.each([
    { kind: 'noModel' },
    { kind: 'nothingSelected' },
    { kind: 'loading' },
    { kind: 'failed', message: 'The server stopped.' },
    { kind: 'policy', view: paymentsPolicy() },
    { kind: 'policy', view: invalidPolicy() },
    { kind: 'policy', view: emptyPolicy() },
  ])('the state $kind', (state) => {
    expect(isHostMessage({ type: 'state', state })).toBe(true);
    expect(isHostMessage(JSON.parse(JSON.stringify({ type: 'state', state })))).toBe(true);
  });

  test.each([
    { type: 'page', page: 'cascade', params: null, result: { columns: [] } },
    { type: 'pageFailed', page: 'schedule', message: 'The server stopped.' },
    { type: 'open', page: 'resources', memory: { text: '' } },
    { type: 'open', page: null },
  ])('$type $page', (message) => {
    expect(isHostMessage(message)).toBe(true);
  });

  const view = paymentsPolicy();
  const [everyday] = view.plans;
  test.each([
    ['another type', { type: 'status', state: { kind: 'loading' } }],
    ['an unknown state', { type: 'state', state: { kind: 'idle' } }],
    ['a failure without a message', { type: 'state', state: { kind: 'failed' } }],
    ['a policy without a view', { type: 'state', state: { kind: 'policy' } }],
    ['a view without levels', { type: 'state', state: { kind: 'policy', view: { ...view, levels: undefined } } }],
    ['a plan of an unknown type', { type: 'state', state: { kind: 'policy', view: { ...view, plans: [{ ...everyday, type: 'plan' }] } } }],
    ['a plan with a broken child', { type: 'state', state: { kind: 'policy', view: { ...view, plans: [{ ...everyday, children: [{}] }] } } }],
    ['an answer of a page that there is not', { type: 'page', page: 'secrets', params: null, result: null }],
    ['a failure of a page without a message', { type: 'pageFailed', page: 'schedule' }],
    ['an error without a code', { type: 'state', state: { kind: 'policy', view: { ...view, errors: [{ message: '', path: '', policies: [] }] } } }],
  ])('not %s', (_, message) => {
    expect(isHostMessage(message)).toBe(false);
  });
});
