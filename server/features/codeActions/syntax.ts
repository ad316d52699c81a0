import { parseDocument } from '../../core/document/parse.ts';
import { strayTextAt, withoutStrayQuotes } from '../../core/document/strayText.ts';
import type { Document, Node, Span } from '../../core/document/tree.ts';
import { applyEdits, insertion, replacement, type Fix, type FixEdit, type Fixer } from './fix.ts';
import { wordsIn } from './place.ts';

/** Words that other languages write for what AWS takes in no setting. */
const nothing = /^(?:None|NaN|nil|undefined|null)$/i;

/** Mends a slip of JSON: the first way after which fewer are left. */
export const fixSyntax: Fixer = ({ document, problem: { span } }) => {
  for (const fix of attempts(document, span)) {
    if (parseDocument(applyEdits(document.text, fix.edits)).problems.length < document.problems.length) return [fix];
  }
  return [];
};

function* attempts(document: Document, span: Span): Generator<Fix> {
  const { text, root } = document;
  const wrong = text.slice(span.start, span.end);
  const before = text.slice(0, span.start).trimEnd().length;
  if (wrong === ',') yield attempt('Remove the comma', remove(span));
  const unquoted = withoutStrayQuotes(wrong);
  if (unquoted !== wrong) yield attempt('Write double quotes', { ...span, newText: JSON.stringify(unquoted) });
  if (/^(?:true|false)$/i.test(wrong)) yield attempt(`Write ${wrong.toLowerCase()}`, replacement(document, span, wrong.toLowerCase()));
  else if (root !== undefined && span.start < root.end && /^[A-Za-z@_$][^\s"]*$/.test(wrong) && !nothing.test(wrong)) yield attempt('Put it in double quotes', replacement(document, span, JSON.stringify(wrong)));
  const stray = strayTextAt(text, span.start)?.kind;
  if (stray === 'blank') yield attempt('Write plain blanks in the whole policy', ...strayBlanks(document));
  if (stray === 'omission') {
    const after = /^\s*,/.exec(text.slice(span.end))?.[0].length ?? 0;
    yield unsure('Remove the dots', remove(span));
    yield unsure('Remove the dots', remove({ start: span.start, end: span.end + after }));
    yield unsure('Remove the dots', remove({ start: before - (text[before - 1] === ',' ? 1 : 0), end: span.end }));
  }
  if (/^=>?$/.test(wrong)) yield attempt('Write a colon', replacement(document, span, ':'));
  yield attempt('Insert a colon', insertion(before, ':'));
  yield attempt('Insert a comma', insertion(before, ','));
  if (root === undefined) return;
  const [bracket, ...others] = closers(root);
  if (bracket !== undefined) {
    const end = text.trimEnd().length;
    yield unsure(others.length === 0 ? `Add ${bracket} at the end` : `Add ${[bracket, ...others].join('')} at the end`, insertion(end, [bracket, ...others].join('')));
    yield unsure(`Insert ${bracket}`, insertion(before, bracket));
  }
  if (span.start >= root.end) yield unsure('Remove what follows the policy', remove({ start: root.end, end: text.trimEnd().length }));
  yield unsure('Put the policy in braces', insertion(text.startsWith('\uFEFF') ? 1 : 0, '{'), insertion(text.trimEnd().length, '}'));
}

function attempt(title: string, ...edits: readonly FixEdit[]): Fix {
  return { title, edits, certain: true };
}

function unsure(title: string, ...edits: readonly FixEdit[]): Fix {
  return { title, edits, certain: false };
}

function remove({ start, end }: Span): FixEdit {
  return { start, end, newText: '' };
}

/** The brackets that are missing, the innermost first. */
function closers(node: Node): readonly string[] {
  if (node.type !== 'object' && node.type !== 'array') return [];
  const last = node.type === 'object' ? node.members.at(-1)?.value : node.items.at(-1);
  const inner = last === undefined ? [] : closers(last);
  return node.closed ? inner : [...inner, node.type === 'object' ? '}' : ']'];
}

/** Blanks that JSON does not take, outside its strings. */
function strayBlanks({ text, root }: Document): readonly FixEdit[] {
  const words = root === undefined ? [] : [...wordsIn(root)];
  return [...text.matchAll(/[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]+|(?<!^)\ufeff/g)]
    .map(({ index, 0: blank }) => ({ start: index, end: index + blank.length, newText: ' '.repeat(blank.length) }))
    .filter((edit) => !words.some((word) => word.start < edit.end && edit.start < word.end));
}

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
