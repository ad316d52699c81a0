import { InsertTextFormat, type CompletionItem } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { completion } from '../../server/features/completion/completion.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import { cursorIn, expanded, withEdits } from './cursor.ts';
import { modelUri, monday, organization } from './organizations.ts';

const known: Snapshot = organization({ name: 'Root' }, { baseline: '{}', prod: '{}', draft: '{}' });

function offered(marked: string): { readonly items: readonly CompletionItem[]; readonly text: string } {
  const { text, position } = cursorIn(marked);
  const snapshot = applyChanges(known, monday, [{ type: 'organization', uri: modelUri, text }, { type: 'policy', uri: 'file:///project/policies/new%20one.json', text: '{}' }]);
  const items = completion(snapshot, { uri: modelUri, position, chosen: undefined, snippets: true });
  return { items: items.sort((left, right) => ((left.sortText ?? '') < (right.sortText ?? '') ? -1 : 1)), text };
}

function labels(marked: string): readonly string[] {
  return offered(marked).items.map((item) => item.label);
}

function accepted(marked: string, label: string): string {
  const { items, text } = offered(marked);
  const item = items.find((each) => each.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit)) throw new Error(`${label} is not offered among ${labels(marked).join(', ')}`);
  const newText = item.insertTextFormat === InsertTextFormat.Snippet ? expanded(item.textEdit.newText) : item.textEdit.newText;
  return withEdits(text, [{ range: item.textEdit.range, newText }, ...(item.additionalTextEdits ?? [])]);
}

const policies = '"policies": {"baseline": {"file": "policies/baseline.json"}, "prod": {"file": "policies/prod.json", "description": "For <b>prod</b>"}}';

describe('completion in a model file', () => {
  it('offers the keys of each place that are not there yet', () => {
    expect(labels('{|}')).toEqual(['root', 'policies', '$schema']);
    expect(labels('{"root": {"name": "Root", "|"}}')).toEqual(['id', 'policies', 'organizationalUnits', 'accounts']);
    expect(labels('{"root": {"organizationalUnits": [{"accounts": [{|}]}]}}')).toEqual(['name', 'id', 'policies']);
    expect(labels('{"policies": {"baseline": {"|"}}}')).toEqual(['file', 'id', 'description']);
  });

  it('brings the value of a key', () => {
    expect(accepted('{"root": {"na|', 'name')).toBe('{"root": {"name": "|"');
    expect(accepted('{"root": {"name": "Root" "pol|"}}', 'policies')).toBe('{"root": {"name": "Root", "policies": [|]}}');
  });

  it('offers policies to attach, those that are attached nowhere first', () => {
    const { items } = offered(`{"root": {"policies": ["baseline"], "accounts": [{"name": "shop", "policies": ["|"]}]}, ${policies}}`);
    expect(items.map((item) => [item.label, item.detail])).toEqual([['prod', 'not attached yet'], ['baseline', 'attached to Root']]);
    expect(JSON.stringify(items[0]?.documentation)).toContain('\\\\<b\\\\>');
  });

  it('does not offer a policy that the target has already', () => {
    expect(labels(`{"root": {"policies": ["baseline", |]}, ${policies}}`)).toEqual(['prod']);
    expect(accepted(`{"root": {"policies": ["baseline", pr|]}, ${policies}}`, 'prod')).toContain('["baseline", "prod"]');
  });

  it('offers the policy files of the folder that the model does not name yet', () => {
    expect(labels('{"policies": {"baseline": {"file": "policies/baseline.json"}, "x": {"file": "|"}}}')).toEqual(['policies/draft.json', 'policies/new one.json', 'policies/prod.json']);
    expect(accepted('{"policies": {"|"}}', 'new one')).toBe('{"policies": {"new one": { "file": "policies/new one.json" }}}');
  });

  it('offers to define a policy that is attached without a definition', () => {
    expect(offered('{"root": {"policies": ["ghost"]}, "policies": {"|"}}').items[0]).toMatchObject({ label: 'ghost', detail: 'attached, but not defined' });
  });

  it('offers whole OUs and accounts', () => {
    expect(labels('{"root": {"organizationalUnits": [|]}}')).toContain('New OU');
    const text: unknown = JSON.parse(accepted('{"root": {"accounts": [|]}}', 'New account'));
    expect(text).toEqual({ root: { accounts: [{ id: '111122223333', name: 'production', policies: [] }] } });
  });
});
