import { expect, test } from 'vitest';
import { githubReport } from '../../../server/cli/reporters/github.ts';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { rangeOf } from '../../../server/features/ranges.ts';

const document = parseDocument('{\n  "a": 1 }');

test('an annotation escapes in its properties and its message what GitHub reads as a sign', () => {
  const range = rangeOf(document, { start: 4, end: 7 });
  const problem = { rule: 'unknown-key', severity: 'error', message: '5%: a, b\r\n::end', path: [], range, related: [] } as const;
  const file = { file: 'a.json', location: 'a,b:50%/c.json', document, verdict: 'rejected', problems: [problem] } as const;
  expect(githubReport({ files: [file], failOn: 'error' })).toBe('::error file=a%2Cb%3A50%25/c.json,line=2,col=3,endLine=2,endColumn=6,title=unknown-key::5%25: a, b%0D%0A::end\n');
});
