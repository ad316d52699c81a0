import { SyntaxKind } from 'jsonc-parser';
import { withoutStrayQuotes } from './strayText.ts';
import { hasTemplate } from './template.ts';
import { TokenReader } from './tokens.ts';
import type { Document, KeyToken, Member, Node } from './tree.ts';

/** Nesting beyond this is refused: a policy needs 11 levels, and recursion must not exhaust the stack. */
const maximumDepth = 200;

/** An organization of ten thousand accounts has as many empty lists of policies. */
const noItems: readonly Node[] = [];

/** The same without the room in which a list that grows keeps more elements: a tree is kept as long as its text. */
const fitting = <Element>(list: readonly Element[]): readonly Element[] => list.slice();

/**
 * Reads any text as JSON as far as it goes. Never throws; what is wrong becomes problems, what can be
 * understood becomes a tree. Comments are read over (and reported), template tokens become unknown values.
 */
export function parseDocument(text: string): Document {
  const document = new Parser(new TokenReader(text)).document();
  // In a text that is JSON, every quote is JSON's own, whatever looks like a token around it.
  return document.templated && isJson(text) ? new Parser(new TokenReader(text, false)).document() : document;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

class Parser {
  readonly #tokens: TokenReader;
  /** Each text once: keys and names stand in a document again and again. */
  readonly #texts = new Map<string, string>();

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  document(): Document {
    this.#tokens.next();
    if (this.#tokens.atEnd()) {
      this.#tokens.report({ start: 0, end: this.#tokens.text.length, kind: 'empty', message: 'The document is empty. A backup policy is a JSON object with the key "plans".' });
      return { text: this.#tokens.text, root: undefined, problems: this.#tokens.problems, templated: this.#tokens.templated };
    }
    if (this.#tokens.token === SyntaxKind.StringLiteral && this.#colonFollows()) return this.#withoutBraces();
    let root = this.#value(0);
    while (root.type === 'template' && !this.#tokens.atEnd()) root = this.#value(0);
    if (!this.#tokens.atEnd() && root.type !== 'missing' && !this.#tokens.template) {
      this.#tokens.report({ start: this.#tokens.start, end: Math.max(this.#tokens.end, this.#tokens.text.trimEnd().length), kind: 'syntax', message: 'The document ends before this text. Remove it, or check the braces above.' });
    }
    return { text: this.#tokens.text, root, problems: this.#tokens.problems, templated: this.#tokens.templated };
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** `"plans": …` copied out of its braces. */
  #withoutBraces(): Document {
    const key = this.#tokens.text.slice(this.#tokens.start, this.#tokens.end);
    this.#tokens.report({ start: this.#tokens.start, end: this.#tokens.end, kind: 'syntax', message: `The policy is not in braces: put { before ${key} and } at its end.` });
    return { text: this.#tokens.text, root: { type: 'missing', start: this.#tokens.start, end: this.#tokens.text.length }, problems: this.#tokens.problems, templated: this.#tokens.templated };
  }

  #colonFollows(): boolean {
    return /^\s*:/.test(this.#tokens.text.slice(this.#tokens.end, this.#tokens.end + 100));
  }

  #value(depth: number): Node {
    const start = this.#tokens.start;
    const end = this.#tokens.end;
    switch (this.#tokens.token) {
      case SyntaxKind.OpenBraceToken:
        return depth < maximumDepth ? this.#object(depth) : this.#tooDeep();
      case SyntaxKind.OpenBracketToken:
        return depth < maximumDepth ? this.#array(depth) : this.#tooDeep();
      case SyntaxKind.StringLiteral: {
        this.#tokens.scanProblem();
        const text = this.#once(this.#tokens.string);
        this.#tokens.next();
        return { type: 'string', start, end, text, template: hasTemplate(text) };
      }
      case SyntaxKind.NumericLiteral:
        this.#tokens.scanProblem();
        this.#tokens.next();
        return { type: 'number', start, end, text: this.#once(this.#tokens.text.slice(start, end)), template: false };
      case SyntaxKind.TrueKeyword:
      case SyntaxKind.FalseKeyword:
        this.#tokens.next();
        return { type: 'boolean', start, end, text: this.#once(this.#tokens.text.slice(start, end)), template: false };
      case SyntaxKind.NullKeyword:
        this.#tokens.next();
        return { type: 'null', start, end, text: 'null', template: false };
      case SyntaxKind.Unknown: {
        if (this.#tokens.directive) return this.#choice(depth);
        const template = this.#tokens.template;
        if (!template) this.#tokens.expected(notJson(this.#tokens.text.slice(start, end)));
        this.#tokens.next();
        return template ? { type: 'template', start, end } : { type: 'missing', start, end };
      }
      default:
        this.#tokens.expected('A value is expected here.');
        return { type: 'missing', start: this.#tokens.previousEnd, end: this.#tokens.previousEnd };
    }
  }

  /** What directives choose from, `%{ if x }1%{ else }2%{ endif }`, is one unknown value. */
  #choice(depth: number): Node {
    const start = this.#tokens.start;
    for (;;) {
      if (this.#tokens.directive) this.#tokens.next();
      else if (this.#startsValue() || this.#tokens.token === SyntaxKind.StringLiteral || this.#tokens.template) this.#value(depth + 1);
      else return { type: 'template', start, end: this.#tokens.previousEnd };
    }
  }

  #object(depth: number): Node {
    const start = this.#tokens.start;
    const members: Member[] = [];
    this.#tokens.next();
    for (;;) {
      if (this.#tokens.token === SyntaxKind.CloseBraceToken) {
        const end = this.#tokens.end;
        this.#tokens.next();
        return { type: 'object', start, end, members: fitting(members), closed: true };
      }
      if (this.#tokens.token === SyntaxKind.EOF || this.#tokens.token === SyntaxKind.CloseBracketToken) {
        this.#tokens.expected('The object is not closed: } is missing.');
        return { type: 'object', start, end: this.#tokens.previousEnd, members: fitting(members), closed: false };
      }
      if (this.#tokens.token === SyntaxKind.StringLiteral || this.#tokens.token === SyntaxKind.Unknown) {
        const member = this.#member(depth);
        members.push(member);
        this.#separator(SyntaxKind.CloseBraceToken, '}', member.key.template && member.value.type === 'missing');
      } else {
        this.#tokens.expected('A key in double quotes is expected here.');
        if (this.#tokens.token === SyntaxKind.CommaToken || this.#tokens.token === SyntaxKind.ColonToken) this.#tokens.next();
        else this.#value(depth + 1);
      }
    }
  }

  #member(depth: number): Member {
    const quoted = this.#tokens.token === SyntaxKind.StringLiteral;
    if (quoted) this.#tokens.scanProblem();
    const source = this.#tokens.text.slice(this.#tokens.start, this.#tokens.end);
    const text = this.#once(quoted ? this.#tokens.string : withoutStrayQuotes(source));
    if (!quoted && !this.#tokens.template) this.#tokens.expected(text === source ? 'Keys stand in double quotes.' : `Keys stand in straight double quotes: write "${text.slice(0, 60)}".`);
    const directive = this.#tokens.directive;
    const key: KeyToken = { start: this.#tokens.start, end: this.#tokens.end, text, quoted, template: this.#tokens.template || hasTemplate(text) };
    this.#tokens.next();
    if (directive) return { start: key.start, end: key.end, key, value: { type: 'missing', start: key.end, end: key.end } };
    if (this.#tokens.token !== SyntaxKind.ColonToken) {
      if (!key.template || quoted) this.#tokens.expected(`A colon and a value are expected after "${text.slice(0, 60)}".`);
      if (!this.#startsValue()) return { start: key.start, end: key.end, key, value: { type: 'missing', start: key.end, end: key.end } };
    } else {
      this.#tokens.next();
    }
    const value = this.#value(depth + 1);
    return { start: key.start, end: Math.max(value.end, this.#tokens.previousEnd), key, value };
  }

  /** A value that follows its key without a colon. A string there is rather the next key. */
  #startsValue(): boolean {
    return this.#tokens.token === SyntaxKind.OpenBraceToken || this.#tokens.token === SyntaxKind.OpenBracketToken || this.#tokens.token === SyntaxKind.NumericLiteral
      || this.#tokens.token === SyntaxKind.TrueKeyword || this.#tokens.token === SyntaxKind.FalseKeyword || this.#tokens.token === SyntaxKind.NullKeyword;
  }

  #array(depth: number): Node {
    const start = this.#tokens.start;
    const items: Node[] = [];
    this.#tokens.next();
    for (;;) {
      if (this.#tokens.token === SyntaxKind.CloseBracketToken) {
        const end = this.#tokens.end;
        this.#tokens.next();
        return { type: 'array', start, end, items: items.length === 0 ? noItems : fitting(items), closed: true };
      }
      if (this.#tokens.token === SyntaxKind.EOF || this.#tokens.token === SyntaxKind.CloseBraceToken || this.#tokens.token === SyntaxKind.ColonToken) {
        this.#tokens.expected('The list is not closed: ] is missing.');
        if (this.#tokens.token === SyntaxKind.ColonToken) this.#tokens.next();
        return { type: 'array', start, end: this.#tokens.previousEnd, items: fitting(items), closed: false };
      }
      if (this.#tokens.token === SyntaxKind.CommaToken) {
        this.#tokens.expected('A value is expected before this comma.');
        this.#tokens.next();
        continue;
      }
      const item = this.#tokens.directive ? this.#templateItem() : this.#value(depth + 1);
      items.push(item);
      this.#separator(SyntaxKind.CloseBracketToken, ']', item.type === 'template');
    }
  }

  #templateItem(): Node {
    const item: Node = { type: 'template', start: this.#tokens.start, end: this.#tokens.end };
    this.#tokens.next();
    return item;
  }

  /** @param afterTemplate whether a token came before, which may bring the comma itself. */
  #separator(close: SyntaxKind, closeText: string, afterTemplate: boolean): void {
    if (this.#tokens.token === SyntaxKind.CommaToken) {
      const start = this.#tokens.start;
      const end = this.#tokens.end;
      this.#tokens.next();
      if (this.#tokens.token === close) {
        this.#tokens.report({ start, end, kind: 'syntax', message: `JSON allows no comma before ${closeText}. Remove it.` });
      }
    } else if (!afterTemplate && !this.#tokens.template && this.#tokens.token !== close && this.#tokens.token !== SyntaxKind.EOF && this.#tokens.token !== SyntaxKind.CloseBraceToken && this.#tokens.token !== SyntaxKind.CloseBracketToken) {
      this.#tokens.expected('A comma is expected before this.');
    }
  }

  /** Steps over a bracket with all that it holds, without recursion. */
  #tooDeep(): Node {
    const start = this.#tokens.start;
    this.#tokens.report({ start, end: this.#tokens.end, kind: 'depth', message: `More than ${String(maximumDepth)} levels of brackets. A backup policy needs 11 at most.` });
    let open = 0;
    do {
      if (this.#tokens.token === SyntaxKind.OpenBraceToken || this.#tokens.token === SyntaxKind.OpenBracketToken) open++;
      else if (this.#tokens.token === SyntaxKind.CloseBraceToken || this.#tokens.token === SyntaxKind.CloseBracketToken) open--;
      this.#tokens.next();
    } while (open > 0 && !this.#tokens.atEnd());
    return { type: 'missing', start, end: this.#tokens.previousEnd };
  }
}

function notJson(text: string): string {
  const unquoted = withoutStrayQuotes(text);
  if (unquoted !== text) return `JSON takes straight double quotes only: write "${unquoted.slice(0, 60)}".`;
  return `${text.slice(0, 40)} is not a JSON value. Put text in double quotes.`;
}
