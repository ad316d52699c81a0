import { ScanError, SyntaxKind, createScanner } from 'jsonc-parser';
import { strayTextAt, type StrayText } from './strayText.ts';
import { directiveEnd, maximumUnclosed, templateEnd, templatedStringEnd } from './template.ts';
import type { SyntaxProblem } from './tree.ts';

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

/** What JSON's own tokens, blanks and comments begin with; not the blanks of web pages. */
const beginsToken = /[ \t\r\n{}[\]:,"/\w-]/;

/** What opens a template token or a directive. */
const opening = /^(?:\$\{|\{\{|%\{|\{%|\{#)/;

const commentMessage = 'JSON has no comments: AWS refuses a policy that contains one. Remove it before the policy is pushed.';

/** Cuts a text into JSON's tokens, template tokens and stray text, and collects what is wrong with it. */
export class TokenReader {
  readonly text: string;
  readonly problems: SyntaxProblem[] = [];
  /** The token at hand; `Unknown` for a template token and for what JSON does not know. */
  token: SyntaxKind = SyntaxKind.EOF;
  start = 0;
  end = 0;
  /** The end of the token before. */
  previousEnd = 0;
  /** Whether the token at hand is a template token. */
  template = false;
  /** Whether it is a directive, such as `%{ if x }`, which stands for no value. */
  directive = false;
  /** The string at hand as JSON decodes it; as it stands where quotes inside its template tokens make it longer. */
  string = '';
  /** Whether template tokens were read that keep the text from being JSON. */
  templated = false;
  readonly #scanner;
  readonly #quotesInStrings: boolean;
  #endReported = false;
  #blankReported = false;
  /** Until one has no end: then none that is left can be looked for over lines, and the text is read once. */
  #tokensOverLines = true;
  #unclosed = 0;

  /**
   * Stands before the first token.
   * @param quotesInStrings whether a template token inside a string may hold quotes.
   */
  constructor(text: string, quotesInStrings = true) {
    this.text = text;
    this.#quotesInStrings = quotesInStrings;
    this.#scanner = createScanner(text, false);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
  }

  /** One mistake is one problem: what starts inside the span of the last one is its consequence. */
  report(problem: SyntaxProblem): void {
    const previous = this.problems.at(-1);
    const follows = previous !== undefined && previous.kind !== 'comment' && problem.start < previous.end;
    if (!follows && this.problems.length < maximumProblems) this.problems.push(problem);
  }

  /** Reports the token at hand as another than the expected one; the end of the text only once. */
  expected(message: string): void {
    const atEnd = this.token === SyntaxKind.EOF;
    if (atEnd && this.#endReported) return;
    this.#endReported = atEnd;
    const start = atEnd ? this.previousEnd : this.start;
    this.report({ start: atEnd && start > 0 ? start - 1 : start, end: atEnd ? start : this.end, kind: 'syntax', message });
  }

  /** Goes on to the next token. */
  next(): void {
    this.previousEnd = this.end;
    this.template = false;
    this.directive = false;
    for (;;) {
      const known = this.#readStray();
      if (known === 'token') return;
      if (known === 'skipped') continue;
      this.token = this.#scanner.scan();
      this.start = this.#scanner.getTokenOffset();
      this.end = Math.min(this.#scanner.getPosition(), this.text.length);
      switch (this.token) {
        case SyntaxKind.Trivia:
        case SyntaxKind.LineBreakTrivia:
          continue;
        case SyntaxKind.LineCommentTrivia:
        case SyntaxKind.BlockCommentTrivia:
          this.report({ start: this.start, end: this.end, kind: 'comment', message: commentMessage });
          continue;
        case SyntaxKind.OpenBraceToken:
          this.#isTemplate();
          return;
        case SyntaxKind.StringLiteral: {
          const end = this.#templatedEnd();
          this.string = this.#scanner.getTokenValue();
          if (end === undefined || end <= this.end) return;
          this.templated = true;
          this.string = this.text.slice(this.start + 1, end - 1);
          this.#extend(end);
          return;
        }
        default:
          return;
      }
    }
  }

  /** True behind the last token. */
  atEnd(): boolean {
    return this.token === SyntaxKind.EOF;
  }

  /** Reports what is wrong inside the string or number at hand. */
  scanProblem(): void {
    const error = this.#scanner.getTokenError();
    if (error === ScanError.None) return;
    this.report({ start: this.start, end: this.end, kind: 'syntax', message: scanErrors[error] });
  }

  /** Looks for template tokens and stray text before the scanner does, which would read all that JSON does not know up to the next blank, again and again. */
  #readStray(): 'token' | 'skipped' | undefined {
    const start = this.#scanner.getPosition();
    const character = this.text[start];
    if (character === undefined || beginsToken.test(character)) return undefined;
    this.start = this.end = start;
    this.token = SyntaxKind.Unknown;
    if (this.#isTemplate()) return 'token';
    const stray = strayTextAt(this.text, start);
    if (stray === undefined) return undefined;
    return this.#isSkipped(stray) ? 'skipped' : 'token';
  }

  #templatedEnd(): number | undefined {
    if (!this.#quotesInStrings || this.#unclosed >= maximumUnclosed || !this.text.slice(this.start, this.end).includes('{')) return undefined;
    const end = templatedStringEnd(this.text, this.start);
    if (end === undefined) this.#unclosed++;
    return end;
  }

  #extend(end: number): void {
    this.end = end;
    this.#scanner.setPosition(end);
  }

  #isTemplate(): boolean {
    if (this.#unclosed >= maximumUnclosed) return false;
    const directive = directiveEnd(this.text, this.start);
    const end = directive ?? templateEnd(this.text, this.start, this.#tokensOverLines);
    if (end === undefined) {
      if (this.text.startsWith('${', this.start)) this.#tokensOverLines = false;
      if (opening.test(this.text.slice(this.start, this.start + 2))) this.#unclosed++;
      return false;
    }
    this.template = this.templated = true;
    this.directive = directive !== undefined;
    this.token = SyntaxKind.Unknown;
    this.#extend(end);
    return true;
  }

  /** Reads text that JSON knows nowhere as one piece; true when nothing of it is left to be understood. */
  #isSkipped(stray: StrayText): boolean {
    this.#extend(stray.end);
    const span = { start: this.start, end: this.end };
    switch (stray.kind) {
      case 'quoted':
      case 'placeholder':
        return false;
      case 'comment':
        this.report({ ...span, kind: 'comment', message: commentMessage });
        return true;
      case 'blank':
        if (!this.#blankReported) this.report({ ...span, kind: 'syntax', message: 'JSON does not take this kind of blank, which web pages use. Write plain blanks, here and where it stands again.' });
        this.#blankReported = true;
        return true;
      case 'omission':
        this.report({ ...span, kind: 'syntax', message: 'Something is left out here, and AWS takes complete policies only. Write it, or remove the dots.' });
        break;
      case 'conflict':
        this.report({ ...span, kind: 'syntax', message: 'Git left two versions of the policy here. Keep one of them and remove the lines of Git.' });
    }
    this.template = true;
    this.directive = stray.kind === 'conflict';
    return false;
  }
}
