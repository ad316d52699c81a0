const special = /[\\^$.*+?()[\]{}|]/g;

/** A part of a glob: folders, a rest, letters of a name, a choice of letters, and choices of parts. */
const parts = /(?<=^|[/{,])\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|[^]/gu;

/**
 * A glob of LSP for the paths of files: `*`, `?`, `**`, `{a,b}`, `[a-z]` and `[!a-z]`. The language client asks for it by
 * the name of the package that it uses for more kinds of globs than LSP has. Names that begin with a dot are names.
 * @throws SyntaxError for a group without an end.
 */
export class Minimatch {
  readonly #expression: RegExp;

  constructor(glob: string, { nocase = false }: { readonly nocase?: boolean } = {}) {
    this.#expression = new RegExp(`^${expressionOf(glob)}$`, nocase ? 'iu' : 'u');
  }

  makeRe(): RegExp {
    return this.#expression;
  }

  /** @param path with `/` between its names, whatever the system has. */
  match(path: string): boolean {
    return this.#expression.test(path);
  }
}

function expressionOf(glob: string): string {
  let depth = 0;
  return glob.replaceAll(parts, (part) => {
    switch (part) {
      case '**/': return '(?:[^]*/)?';
      case '**': return '[^]*';
      case '*': return '[^/]*';
      case '?': return '[^/]';
      case '{':
        depth++;
        return '(?:';
      case '}':
        if (depth === 0) return '\\}';
        depth--;
        return ')';
      case ',': return depth === 0 ? ',' : '|';
      default: return part.length > 1 && part.startsWith('[') ? lettersOf(part) : part.replaceAll(special, '\\$&');
    }
  });
}

function lettersOf(choice: string): string {
  const isNot = choice.startsWith('[!');
  const letters = choice.slice(isNot ? 2 : 1, -1).replaceAll(/[\\^[]/g, '\\$&');
  return isNot ? `[^/${letters}]` : `(?!/)[${letters}]`;
}
