import { ScanError, SyntaxKind, createScanner } from 'jsonc-parser';
import { strayTextAt, withoutStrayQuotes } from './strayText.ts';
import { directiveEnd, hasTemplate, templateEnd, templatedStringEnd } from './template.ts';
import type { Document, KeyToken, Member, Node, SyntaxProblem } from './tree.ts';

/** Nesting beyond this is refused: a policy needs 11 levels, and recursion must not exhaust the stack. */
const maximumDepth = 200;
/** More syntax problems than this in one text say nothing new. */
const maximumProblems = 50;

const scanErrors: Readonly<Record<ScanError, string>> = {
  [ScanError.None]: '',
  [ScanError.UnexpectedEndOfComment]: 'The comment is not closed.',
  [ScanError.UnexpectedEndOfString]: 'The string has no closing quote.',
  [ScanError.UnexpectedEndOfNumber]: 'The number is not complete.',
  [ScanError.InvalidUnicode]: 'The \\u escape needs four hexadecimal digits.',
  [ScanError.InvalidEscapeCharacter]: 'JSON knows no such escape; write \\\\ for a backslash.',
  [ScanError.InvalidCharacter]: 'A control character must be escaped in a JSON string.',
};

const commentMessage = 'JSON has no comments: AWS refuses a policy that contains one. Remove it before the policy is pushed.';

/**
 * Reads any text as JSON as far as it goes. Never throws; what is wrong becomes problems, what can be
 * understood becomes a tree. Comments are read over (and reported), template tokens become unknown values.
 */
export function parseDocument(text: string): Document {
  return new Parser(text).document();
}

class Parser {
  readonly #text: string;
  readonly #scanner;
  readonly #problems: SyntaxProblem[] = [];
  #token: SyntaxKind = SyntaxKind.EOF;
  #start = 0;
  #end = 0;
  #previousEnd = 0;
  #template = false;
  #directive = false;
  /** The string at hand as JSON decodes it; as it stands where quotes inside its template tokens make it longer. */
  #string = '';
  #endReported = false;
  #templated = false;
  #blankReported = false;
  /** Until one has no end: then none that is left can be looked for over lines, and the text is read once. */
  #tokensOverLines = true;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text, false);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
  }

  document(): Document {
    this.#next();
    if (this.#atEnd()) {
      this.#report({ start: 0, end: this.#text.length, kind: 'empty', message: 'The document is empty. A backup policy is a JSON object with the key "plans".' });
      return { text: this.#text, root: undefined, problems: this.#problems, templated: this.#templated };
    }
    if (this.#token === SyntaxKind.StringLiteral && this.#colonFollows()) return this.#withoutBraces();
    let root = this.#value(0);
    while (root.type === 'template' && !this.#atEnd()) root = this.#value(0);
    if (!this.#atEnd() && root.type !== 'missing' && !this.#template) {
      this.#report({ start: this.#start, end: this.#text.trimEnd().length, kind: 'syntax', message: 'The document ends before this text. Remove it, or check the braces above.' });
    }
    return { text: this.#text, root, problems: this.#problems, templated: this.#templated };
  }

  /** `"plans": …` copied out of its braces. */
  #withoutBraces(): Document {
    const key = this.#text.slice(this.#start, this.#end);
    this.#report({ start: this.#start, end: this.#end, kind: 'syntax', message: `The policy is not in braces: put { before ${key} and } at its end.` });
    return { text: this.#text, root: { type: 'missing', start: this.#start, end: this.#text.length }, problems: this.#problems, templated: this.#templated };
  }

  #colonFollows(): boolean {
    return /^\s*:/.test(this.#text.slice(this.#end, this.#end + 100));
  }

  /** One mistake is one problem: what starts inside the span of the last one is its consequence. */
  #report(problem: SyntaxProblem): void {
    const previous = this.#problems.at(-1);
    const follows = previous !== undefined && previous.kind !== 'comment' && problem.start < previous.end;
    if (!follows && this.#problems.length < maximumProblems) this.#problems.push(problem);
  }

  #expected(message: string): void {
    const atEnd = this.#token === SyntaxKind.EOF;
    if (atEnd && this.#endReported) return;
    this.#endReported = atEnd;
    const start = atEnd ? this.#previousEnd : this.#start;
    this.#report({ start: atEnd && start > 0 ? start - 1 : start, end: atEnd ? start : this.#end, kind: 'syntax', message });
  }

  #next(): void {
    this.#previousEnd = this.#end;
    this.#template = false;
    this.#directive = false;
    for (;;) {
      this.#token = this.#scanner.scan();
      this.#start = this.#scanner.getTokenOffset();
      this.#end = Math.min(this.#scanner.getPosition(), this.#text.length);
      switch (this.#token) {
        case SyntaxKind.Trivia:
        case SyntaxKind.LineBreakTrivia:
          continue;
        case SyntaxKind.LineCommentTrivia:
        case SyntaxKind.BlockCommentTrivia:
          this.#report({ start: this.#start, end: this.#end, kind: 'comment', message: commentMessage });
          continue;
        case SyntaxKind.Unknown:
        case SyntaxKind.OpenBraceToken:
          if (this.#isTemplate() || this.#token === SyntaxKind.OpenBraceToken || !this.#isSkipped()) return;
          continue;
        case SyntaxKind.StringLiteral: {
          const end = this.#text.slice(this.#start, this.#end).includes('{') ? templatedStringEnd(this.#text, this.#start) : undefined;
          this.#string = this.#scanner.getTokenValue();
          if (end === undefined || end <= this.#end) return;
          this.#templated = true;
          this.#string = this.#text.slice(this.#start + 1, end - 1);
          this.#extend(end);
          return;
        }
        default:
          return;
      }
    }
  }

  #extend(end: number): void {
    this.#end = end;
    this.#scanner.setPosition(end);
  }

  #isTemplate(): boolean {
    const directive = directiveEnd(this.#text, this.#start);
    const end = directive ?? templateEnd(this.#text, this.#start, this.#tokensOverLines);
    if (end === undefined) {
      if (this.#text.startsWith('${', this.#start)) this.#tokensOverLines = false;
      return false;
    }
    this.#template = this.#templated = true;
    this.#directive = directive !== undefined;
    this.#token = SyntaxKind.Unknown;
    this.#extend(end);
    return true;
  }

  /** Reads text that JSON knows nowhere as one piece; true when nothing of it is left to be understood. */
  #isSkipped(): boolean {
    const stray = strayTextAt(this.#text, this.#start);
    if (stray === undefined) return false;
    this.#extend(stray.end);
    const span = { start: this.#start, end: this.#end };
    switch (stray.kind) {
      case 'quoted':
      case 'placeholder':
        return false;
      case 'comment':
        this.#report({ ...span, kind: 'comment', message: commentMessage });
        return true;
      case 'blank':
        if (!this.#blankReported) this.#report({ ...span, kind: 'syntax', message: 'JSON does not take this kind of blank, which web pages use. Write plain blanks, here and where it stands again.' });
        this.#blankReported = true;
        return true;
      case 'omission':
        this.#report({ ...span, kind: 'syntax', message: 'Something is left out here, and AWS takes complete policies only. Write it, or remove the dots.' });
        break;
      case 'conflict':
        this.#report({ ...span, kind: 'syntax', message: 'Git left two versions of the policy here. Keep one of them and remove the lines of Git.' });
    }
    this.#template = true;
    this.#directive = stray.kind === 'conflict';
    return false;
  }

  #scanProblem(): void {
    const error = this.#scanner.getTokenError();
    if (error === ScanError.None) return;
    this.#report({ start: this.#start, end: this.#end, kind: 'syntax', message: scanErrors[error] });
  }

  #value(depth: number): Node {
    const start = this.#start;
    const end = this.#end;
    switch (this.#token) {
      case SyntaxKind.OpenBraceToken:
        return depth < maximumDepth ? this.#object(depth) : this.#tooDeep();
      case SyntaxKind.OpenBracketToken:
        return depth < maximumDepth ? this.#array(depth) : this.#tooDeep();
      case SyntaxKind.StringLiteral: {
        this.#scanProblem();
        const text = this.#string;
        this.#next();
        return { type: 'string', start, end, text, template: hasTemplate(text) };
      }
      case SyntaxKind.NumericLiteral:
        this.#scanProblem();
        this.#next();
        return { type: 'number', start, end, text: this.#text.slice(start, end), template: false };
      case SyntaxKind.TrueKeyword:
      case SyntaxKind.FalseKeyword:
        this.#next();
        return { type: 'boolean', start, end, text: this.#text.slice(start, end), template: false };
      case SyntaxKind.NullKeyword:
        this.#next();
        return { type: 'null', start, end, text: 'null', template: false };
      case SyntaxKind.Unknown: {
        if (this.#directive) return this.#choice(depth);
        const template = this.#template;
        if (!template) this.#expected(notJson(this.#text.slice(start, end)));
        this.#next();
        return template ? { type: 'template', start, end } : { type: 'missing', start, end };
      }
      default:
        this.#expected('A value is expected here.');
        return { type: 'missing', start: this.#previousEnd, end: this.#previousEnd };
    }
  }

  /** What directives choose from, `%{ if x }1%{ else }2%{ endif }`, is one unknown value. */
  #choice(depth: number): Node {
    const start = this.#start;
    for (;;) {
      if (this.#directive) this.#next();
      else if (this.#startsValue() || this.#token === SyntaxKind.StringLiteral || this.#template) this.#value(depth + 1);
      else return { type: 'template', start, end: this.#previousEnd };
    }
  }

  #object(depth: number): Node {
    const start = this.#start;
    const members: Member[] = [];
    this.#next();
    for (;;) {
      if (this.#token === SyntaxKind.CloseBraceToken) {
        const end = this.#end;
        this.#next();
        return { type: 'object', start, end, members, closed: true };
      }
      if (this.#token === SyntaxKind.EOF || this.#token === SyntaxKind.CloseBracketToken) {
        this.#expected('The object is not closed: } is missing.');
        return { type: 'object', start, end: this.#previousEnd, members, closed: false };
      }
      if (this.#token === SyntaxKind.StringLiteral || this.#token === SyntaxKind.Unknown) {
        const member = this.#member(depth);
        members.push(member);
        this.#separator(SyntaxKind.CloseBraceToken, '}', member.key.template && member.value.type === 'missing');
      } else {
        this.#expected('A key in double quotes is expected here.');
        if (this.#token === SyntaxKind.CommaToken || this.#token === SyntaxKind.ColonToken) this.#next();
        else this.#value(depth + 1);
      }
    }
  }

  #member(depth: number): Member {
    const quoted = this.#token === SyntaxKind.StringLiteral;
    if (quoted) this.#scanProblem();
    const source = this.#text.slice(this.#start, this.#end);
    const text = quoted ? this.#string : withoutStrayQuotes(source);
    if (!quoted && !this.#template) this.#expected(text === source ? 'Keys stand in double quotes.' : `Keys stand in straight double quotes: write "${text.slice(0, 60)}".`);
    const directive = this.#directive;
    const key: KeyToken = { start: this.#start, end: this.#end, text, quoted, template: this.#template || hasTemplate(text) };
    this.#next();
    if (directive) return { start: key.start, end: key.end, key, value: { type: 'missing', start: key.end, end: key.end } };
    if (this.#token !== SyntaxKind.ColonToken) {
      if (!key.template || quoted) this.#expected(`A colon and a value are expected after "${text.slice(0, 60)}".`);
      if (!this.#startsValue()) return { start: key.start, end: key.end, key, value: { type: 'missing', start: key.end, end: key.end } };
    } else {
      this.#next();
    }
    const value = this.#value(depth + 1);
    return { start: key.start, end: Math.max(value.end, this.#previousEnd), key, value };
  }

  /** A value that follows its key without a colon. A string there is rather the next key. */
  #startsValue(): boolean {
    return this.#token === SyntaxKind.OpenBraceToken || this.#token === SyntaxKind.OpenBracketToken || this.#token === SyntaxKind.NumericLiteral
      || this.#token === SyntaxKind.TrueKeyword || this.#token === SyntaxKind.FalseKeyword || this.#token === SyntaxKind.NullKeyword;
  }

  #array(depth: number): Node {
    const start = this.#start;
    const items: Node[] = [];
    this.#next();
    for (;;) {
      if (this.#token === SyntaxKind.CloseBracketToken) {
        const end = this.#end;
        this.#next();
        return { type: 'array', start, end, items, closed: true };
      }
      if (this.#token === SyntaxKind.EOF || this.#token === SyntaxKind.CloseBraceToken || this.#token === SyntaxKind.ColonToken) {
        this.#expected('The list is not closed: ] is missing.');
        if (this.#token === SyntaxKind.ColonToken) this.#next();
        return { type: 'array', start, end: this.#previousEnd, items, closed: false };
      }
      if (this.#token === SyntaxKind.CommaToken) {
        this.#expected('A value is expected before this comma.');
        this.#next();
        continue;
      }
      const item = this.#directive ? this.#templateItem() : this.#value(depth + 1);
      items.push(item);
      this.#separator(SyntaxKind.CloseBracketToken, ']', item.type === 'template');
    }
  }

  #templateItem(): Node {
    const item: Node = { type: 'template', start: this.#start, end: this.#end };
    this.#next();
    return item;
  }

  /** @param afterTemplate whether a token came before, which may bring the comma itself. */
  #separator(close: SyntaxKind, closeText: string, afterTemplate: boolean): void {
    if (this.#token === SyntaxKind.CommaToken) {
      const start = this.#start;
      const end = this.#end;
      this.#next();
      if (this.#token === close) {
        this.#report({ start, end, kind: 'syntax', message: `JSON allows no comma before ${closeText}. Remove it.` });
      }
    } else if (!afterTemplate && !this.#template && this.#token !== close && this.#token !== SyntaxKind.EOF && this.#token !== SyntaxKind.CloseBraceToken && this.#token !== SyntaxKind.CloseBracketToken) {
      this.#expected('A comma is expected before this.');
    }
  }

  #atEnd(): boolean {
    return this.#token === SyntaxKind.EOF;
  }

  /** Steps over a bracket with all that it holds, without recursion. */
  #tooDeep(): Node {
    const start = this.#start;
    this.#report({ start, end: this.#end, kind: 'depth', message: `More than ${String(maximumDepth)} levels of brackets. A backup policy needs 11 at most.` });
    let open = 0;
    do {
      if (this.#token === SyntaxKind.OpenBraceToken || this.#token === SyntaxKind.OpenBracketToken) open++;
      else if (this.#token === SyntaxKind.CloseBraceToken || this.#token === SyntaxKind.CloseBracketToken) open--;
      this.#next();
    } while (open > 0 && !this.#atEnd());
    return { type: 'missing', start, end: this.#previousEnd };
  }
}

function notJson(text: string): string {
  const unquoted = withoutStrayQuotes(text);
  if (unquoted !== text) return `JSON takes straight double quotes only: write "${unquoted.slice(0, 60)}".`;
  return `${text.slice(0, 40)} is not a JSON value. Put text in double quotes.`;
}
