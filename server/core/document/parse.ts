import { ScanError, SyntaxKind, createScanner } from 'jsonc-parser';
import { hasTemplate, templateEnd } from './template.ts';
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
  #endReported = false;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text, false);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
  }

  document(): Document {
    this.#next();
    if (this.#atEnd()) {
      this.#report({ start: 0, end: this.#text.length, kind: 'empty', message: 'The document is empty. A backup policy is a JSON object with the key "plans".' });
      return { text: this.#text, root: undefined, problems: this.#problems };
    }
    const root = this.#value(0);
    if (!this.#atEnd()) {
      this.#report({ start: this.#start, end: this.#text.trimEnd().length, kind: 'syntax', message: 'The document ends before this text. Remove it, or check the braces above.' });
    }
    return { text: this.#text, root, problems: this.#problems };
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
          this.#report({ start: this.#start, end: this.#end, kind: 'comment', message: 'JSON has no comments: AWS refuses a policy that contains one. Remove it before the policy is pushed.' });
          continue;
        case SyntaxKind.Unknown:
        case SyntaxKind.OpenBraceToken: {
          const end = templateEnd(this.#text, this.#start);
          if (end === undefined) return;
          this.#template = true;
          this.#token = SyntaxKind.Unknown;
          this.#end = end;
          this.#scanner.setPosition(end);
          return;
        }
        default:
          return;
      }
    }
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
        const text = this.#scanner.getTokenValue();
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
        const template = this.#template;
        if (!template) this.#expected(`${this.#text.slice(start, Math.min(end, start + 40))} is not a JSON value. Put text in double quotes.`);
        this.#next();
        return template ? { type: 'template', start, end } : { type: 'missing', start, end };
      }
      default:
        this.#expected('A value is expected here.');
        return { type: 'missing', start: this.#previousEnd, end: this.#previousEnd };
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
        members.push(this.#member(depth));
        this.#separator(SyntaxKind.CloseBraceToken, '}');
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
    else if (!this.#template) this.#expected('Keys stand in double quotes.');
    const text = quoted ? this.#scanner.getTokenValue() : this.#text.slice(this.#start, this.#end);
    const key: KeyToken = { start: this.#start, end: this.#end, text, quoted, template: this.#template || hasTemplate(text) };
    this.#next();
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
      items.push(this.#value(depth + 1));
      this.#separator(SyntaxKind.CloseBracketToken, ']');
    }
  }

  #separator(close: SyntaxKind, closeText: string): void {
    if (this.#token === SyntaxKind.CommaToken) {
      const start = this.#start;
      const end = this.#end;
      this.#next();
      if (this.#token === close) {
        this.#report({ start, end, kind: 'syntax', message: `JSON allows no comma before ${closeText}. Remove it.` });
      }
    } else if (this.#token !== close && this.#token !== SyntaxKind.EOF && this.#token !== SyntaxKind.CloseBraceToken && this.#token !== SyntaxKind.CloseBracketToken) {
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
