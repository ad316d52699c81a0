import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completion } from '../../server/features/completion/completion.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();
const names = readdirSync('samples/backup-policies');

/** Completes at an offset of a text and checks that every edit stays on the cursor's line and around the cursor. */
function complete(snapshot: Snapshot, uri: string, text: string, offset: number): readonly string[] {
  const position = positionAt(parseDocument(text), offset);
  const items = completion(snapshot, { uri, position, chosen: undefined, snippets: true });
  for (const { textEdit, label } of items) {
    if (textEdit === undefined || !('range' in textEdit)) throw new Error(`${label} has no edit`);
    const { start, end } = textEdit.range;
    expect([start.line, end.line]).toEqual([position.line, position.line]);
    expect(start.character).toBeLessThanOrEqual(position.character);
    expect(end.character).toBeGreaterThanOrEqual(position.character);
  }
  return items.map((item) => item.label);
}

describe('typing a policy character by character', () => {
  it.each(names)('%s: every edit stays on the line, and each operator is offered at its first three characters', (name) => {
    const uri = `file:///project/backup-policies/${name}`;
    const text = readFileSync(`samples/backup-policies/${name}`, 'utf8');
    for (let end = 0; end <= text.length; end++) {
      const typed = text.slice(0, end);
      const snapshot = applyChanges(sample, monday, [{ type: 'policy', uri, text: typed }]);
      const labels = complete(snapshot, uri, typed, end);
      const operator = typed.endsWith('{ "@@') || /\n\s+"@@$/.test(typed) ? /^@@\w+/.exec(text.slice(end - 2))?.[0] : undefined;
      if (operator !== undefined) expect(labels).toContain(operator);
    }
  });

  it('offers every key of the samples at its quote, with the rest of the file behind the cursor', () => {
    const uri = 'file:///project/backup-policies/production.json';
    const text = readFileSync('samples/backup-policies/production.json', 'utf8');
    const keys = [...text.matchAll(/"(schedule_expression|lifecycle|rules|regions|copy_actions|delete_after_days)":/g)];
    expect(keys.length).toBeGreaterThan(8);
    for (const match of keys) {
      const key = match[1] ?? '';
      const halfTyped = text.slice(0, match.index + 1) + text.slice(match.index + match[0].length);
      const snapshot = applyChanges(sample, monday, [{ type: 'policy', uri, text: halfTyped }]);
      expect(complete(snapshot, uri, halfTyped, match.index + 1)).toContain(key);
    }
  });
});

describe('a comma that is missing before the cursor', () => {
  it.each([
    ['is a part of the edit where it touches the word', '{"plans":{"a":{"regions":{"@@assign":["eu-west-1""', '"]}}}}', ',"eu-west-2"', []],
    ['is an edit of its own where white space is between', '{"plans":{"a":{"regions":{"@@assign":["eu-west-1" "', '"]}}}}', '"eu-west-2"', [',']],
  ])('%s', (_title, before, behind, newText, additional) => {
    const uri = 'file:///project/backup-policies/production.json';
    const text = before + behind;
    const snapshot = applyChanges(sample, monday, [{ type: 'policy', uri, text }]);
    const item = completion(snapshot, { uri, position: positionAt(parseDocument(text), before.length), chosen: undefined, snippets: true }).find(({ label }) => label === 'eu-west-2');
    expect(item?.textEdit?.newText).toBe(newText);
    expect((item?.additionalTextEdits ?? []).map((edit) => edit.newText)).toEqual(additional);
  });
});

describe('any text around the cursor', () => {
  it('never throws and keeps edits on the line: samples with pieces cut out', () => {
    const texts = [...names.map((name) => ({ uri: `file:///project/backup-policies/${name}`, type: 'policy' as const, text: readFileSync(`samples/backup-policies/${name}`, 'utf8') })), { uri: modelUri, type: 'organization' as const, text: readFileSync('samples/backup-organization.json', 'utf8') }];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 60 }), fc.constantFrom('', '"', '"@@', '{', '[', ',', '${x}', '\\', '"\\u12', '__proto__'), (file, seed, cut, inserted) => {
        const at = seed % (file.text.length + 1);
        const text = file.text.slice(0, at) + inserted + file.text.slice(at + cut);
        const snapshot = applyChanges(sample, monday, [{ type: file.type, uri: file.uri, text }]);
        complete(snapshot, file.uri, text, at + inserted.length);
      }),
      { seed: 20260914, numRuns: 1500 },
    );
  });
});
