import type { CodeLens, DocumentSymbol, Hover, Location, LocationLink, SymbolInformation, CompletionItem } from 'vscode-languageserver-types';
import type { ClientAbilities } from './clientAbilities.ts';
import { plainText } from './features/plainText.ts';

/** Definitions as the editor takes them. */
export function definitionsFor({ locationLinks }: ClientAbilities, links: LocationLink[]): LocationLink[] | Location[] {
  return locationLinks ? links : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
}

/** Symbols as the editor takes them: in each other, or one after the other with the name of what they are in. */
export function symbolsFor({ nestedSymbols }: ClientAbilities, uri: string, symbols: DocumentSymbol[]): DocumentSymbol[] | SymbolInformation[] {
  return nestedSymbols ? symbols : flat(uri, symbols, undefined);
}

function flat(uri: string, symbols: readonly DocumentSymbol[], containerName: string | undefined): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flat(uri, children ?? [], name),
  ]);
}

/** A hover as the editor shows it. */
export function hoverFor({ markdownHover }: ClientAbilities, hover: Hover | null): Hover | null {
  if (markdownHover || hover === null || typeof hover.contents !== 'object' || !('kind' in hover.contents)) return hover;
  return { ...hover, contents: { kind: 'plaintext', value: plainText(hover.contents.value) } };
}

/** Completion items with what the editor compares with what is typed, and documentation as it shows it. */
export function completionFor({ markdownCompletion, comparesFromEdit }: ClientAbilities, items: CompletionItem[]): CompletionItem[] {
  if (markdownCompletion && comparesFromEdit) return items;
  return items.map((item) => {
    const { filterText, documentation, ...rest } = item;
    return {
      ...rest,
      ...(filterText === undefined || !comparesFromEdit ? {} : { filterText }),
      ...(documentation === undefined ? {} : { documentation: typeof documentation === 'object' && !markdownCompletion ? plainText(documentation.value) : documentation }),
    };
  });
}

/** Lenses as the editor shows them: without the commands of VS Code's extension they are text. */
export function lensesFor({ commands }: ClientAbilities, lenses: CodeLens[]): CodeLens[] {
  return commands ? lenses : lenses.flatMap(({ range, command }) => (command === undefined || isOffer(command.title) ? [] : [{ range, command: { title: command.title, command: '' } }]));
}

/** `Attach…`: nothing but a command. */
const isOffer = (title: string): boolean => title.endsWith('…');
