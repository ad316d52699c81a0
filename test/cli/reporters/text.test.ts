import { describe, expect, test } from 'vitest';
import type { ReportedFile } from '../../../server/cli/reporters/report.ts';
import { textReport } from '../../../server/cli/reporters/text.ts';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { rangeOf } from '../../../server/features/ranges.ts';

const document = parseDocument('{ "a": 1 }');
const place = rangeOf(document, { start: 2, end: 5 });
const file: ReportedFile = {
  file: 'x.json',
  location: 'x.json',
  document,
  verdict: 'rejected',
  problems: [
    { rule: 'unknown-key', severity: 'error', message: 'There is an error here.\u001b[2J', path: [], range: place, related: [] },
    { rule: 'kept-forever', severity: 'warning', message: 'W.', path: [], range: place, related: [{ file: 'y.json', location: 'y.json', range: place, message: 'See\nhere' }] },
  ],
};

describe('the text report', () => {
  test('shows each problem with its line, its mark and its other places, and counts them', () => {
    expect(textReport({ files: [file], failOn: 'error' }, false)).toBe([
      'x.json:1:3 error unknown-key: There is an error here.\\u001b[2J',
      '  { "a": 1 }',
      '    ^~~',
      'x.json:1:3 warning kept-forever: W.',
      '  { "a": 1 }',
      '    ^~~',
      '  y.json:1:3 See\\u000ahere',
      '1 file checked, 1 rejected; 1 error, 1 warning.',
      '',
    ].join('\n'));
  });

  test('colours levels and marks on a terminal', () => {
    const lines = textReport({ files: [file], failOn: 'error' }, true).split('\n');
    expect(lines[0]).toBe('x.json:1:3 \u001b[31merror\u001b[0m unknown-key: There is an error here.\\u001b[2J');
    expect(lines[2]).toBe('    \u001b[31m^~~\u001b[0m');
    expect(lines[3]).toBe('x.json:1:3 \u001b[33mwarning\u001b[0m kept-forever: W.');
  });
});
