import { describe, expect, it } from 'vitest';
import { definition } from '../../server/features/definition.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { applyChanges, emptySnapshot, type Change } from '../../server/model/snapshot.ts';
import { cursorIn } from './cursor.ts';
import { modelUri, monday, policyUri } from './organizations.ts';

/** What Go to Definition underlines, and where it leads: the text there, or the file with its line. */
function definitionAt(marked: string): readonly string[] | undefined {
  const { text, position } = cursorIn(marked);
  const changes: readonly Change[] = [{ type: 'organization', uri: modelUri, text }, { type: 'policy', uri: policyUri('a'), text: '{"plans": {}}' }];
  const snapshot = applyChanges(emptySnapshot(monday), monday, changes);
  const model = snapshot.organizations.get(modelUri);
  const [link, ...others] = model === undefined ? [] : definition(snapshot, model, position);
  expect(others).toEqual([]);
  if (link === undefined || model === undefined) return undefined;
  const slice = (range: typeof link.targetRange | undefined): string => (range === undefined ? '' : text.slice(offsetAt(model.document, range.start), offsetAt(model.document, range.end)));
  const target = link.targetUri === modelUri ? slice(link.targetSelectionRange) : `${link.targetUri}:${String(link.targetSelectionRange.start.line)}`;
  return [slice(link.originSelectionRange), target];
}

const policies = '"policies": { "a": { "file": "policies/a.json" }, "gone": { "file": "policies/gone.json" } }';

describe('Go to Definition in a model file', () => {
  it('leads from an attached name to its definition', () => {
    expect(definitionAt(`{ "root": { "name": "Root", "policies": ["gone", "|a"] }, ${policies} }`)).toEqual(['"a"', '"a"']);
    expect(definitionAt(`{ "root": { "name": "Root", "accounts": [{ "name": "x", "policies": ["go|ne"] }] }, ${policies} }`)).toEqual(['"gone"', '"gone"']);
  });

  it.each([
    ['name', policies.replace('"a"', '"|a"'), '"a"'],
    ['path', policies.replace('policies/a', 'policies|/a'), '"policies/a.json"'],
  ])('leads from the %s of a definition to the file', (_name, text, origin) => {
    expect(definitionAt(`{ "root": { "name": "Root" }, ${text} }`)).toEqual([origin, `${policyUri('a')}:0`]);
  });

  it.each([
    ['a name that is not defined', `{ "root": { "name": "Root", "policies": ["zz|z"] }, ${policies} }`],
    ['a file that cannot be read', `{ "root": { "name": "Root" }, ${policies.replace('"gone"', '"go|ne"')} }`],
    ['the name of a target', `{ "root": { "name": "Ro|ot" }, ${policies} }`],
    ['a broken text', '{ "root": { "policies": ["|'],
  ])('leads nowhere from %s', (_name, marked) => {
    expect(definitionAt(marked)).toBeUndefined();
  });
});
