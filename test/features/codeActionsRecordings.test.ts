import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';
import { codeActions } from '../../server/features/codeActions/codeActions.ts';
import { diagnosticsOf } from '../../server/features/diagnostics.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';

interface Recording {
  readonly id: string;
  readonly at: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly text: string;
}

const uri = 'file:///policies/recorded.json';
const recordings = (JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[]).filter(({ verdict }) => verdict === 'rejected');

/** What each offered fix makes of a text. */
function fixed(text: string, at: number): readonly { readonly title: string; readonly text: string }[] {
  const snapshot = applyChanges(emptySnapshot(at), at, [{ type: 'policy', uri, text }]);
  const document = TextDocument.create(uri, 'aws-backup-policy', 1, text);
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  const file = snapshot.policies.get(uri)?.document ?? parseDocument('');
  const diagnostics = diagnosticsOf(snapshot, file, workspaceProblems(snapshot, new Set()).get(uri) ?? [], {});
  return codeActions(snapshot, { uri, range, context: { diagnostics, only: ['quickfix'] } }).map((action) => ({ title: action.title, text: TextDocument.applyEdits(document, action.edit?.changes?.[uri] ?? []) }));
}

describe('the fixes of documents that AWS refused', () => {
  test('leave JSON, and never more mistakes than before', () => {
    for (const { text, at } of recordings) {
      const time = Date.parse(at);
      const before = admissionProblems(parseDocument(text), time).length;
      for (const fix of fixed(text, time)) {
        const document = parseDocument(fix.text);
        expect(document.problems, `${fix.title}: ${fix.text}`).toEqual([]);
        expect(admissionProblems(document, time).length, `${fix.title}: ${fix.text}`).toBeLessThanOrEqual(before);
      }
    }
  });

  test('make AWS accept those with one mistake, where there is a fix', () => {
    const single = recordings.filter(({ text, at }) => admissionProblems(parseDocument(text), Date.parse(at)).length === 1);
    const fixable = single.filter(({ text, at }) => fixed(text, Date.parse(at)).length > 0);
    const refused = fixable.filter(({ text, at }) => !fixed(text, Date.parse(at)).some((fix) => verdictOf(admissionProblems(parseDocument(fix.text), Date.parse(at))) === 'accepted'));
    // A schedule that never runs hides that it would run too often for the archive opt-in.
    expect(refused.map(({ text }) => text.includes('opt_in_to_archive') && text.includes('1970'))).toEqual([true]);
    expect(fixable.length / single.length, `${String(fixable.length)} of ${String(single.length)}`).toBeGreaterThan(0.9);
  });
});
