import { replacement, type Fixer } from './fix.ts';

/** Takes out a comma before a closing bracket, and puts text in double quotes. */
export const fixSyntax: Fixer = ({ document, problem: { span } }) => {
  const { text } = document;
  const wrong = text.slice(span.start, span.end);
  if (wrong === ',' && /^\s*[}\]]/.test(text.slice(span.end))) return [{ title: 'Remove the comma', edits: [{ ...span, newText: '' }], certain: true }];
  const quoted = /^['‘’“”„]([^'‘’“”„"\\]*)['‘’“”]$/.exec(wrong);
  if (quoted !== null) return [{ title: 'Write double quotes', edits: [{ ...span, newText: `"${quoted[1] ?? ''}"` }], certain: true }];
  if (/^[A-Za-z@_][\w@.-]*$/.test(wrong)) {
    const boolean = /^(?:true|false)$/i.test(wrong) ? wrong.toLowerCase() : undefined;
    return [{ title: boolean === undefined ? 'Put it in double quotes' : `Write ${boolean}`, edits: [replacement(document, span, boolean ?? `"${wrong}"`)], certain: true }];
  }
  return [];
};

/** Takes a comment out, and its line where nothing else stands on it. */
export const removeComment: Fixer = ({ document: { text }, problem: { span } }) => {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const breakAt = text.indexOf('\n', span.end);
  const lineEnd = breakAt < 0 ? text.length : breakAt + 1;
  const alone = text.slice(lineStart, span.start).trim() === '' && text.slice(span.end, lineEnd).trim() === '';
  const blanks = /[ \t]*$/.exec(text.slice(lineStart, span.start))?.[0].length ?? 0;
  const atLineEnd = text.slice(span.end, lineEnd).trim() === '';
  const edit = alone && breakAt >= 0 ? { start: lineStart, end: lineEnd } : { start: atLineEnd ? span.start - blanks : span.start, end: span.end };
  return [{ title: 'Remove the comment', edits: [{ ...edit, newText: '' }], certain: true }];
};
