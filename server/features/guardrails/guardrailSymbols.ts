import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { rangeOf } from '../ranges.ts';
import { metText } from './guardrailLenses.ts';
import { guardrailResults } from './guardrailResults.ts';

/** `textDocument/documentSymbol` of a guardrails file: each guardrail with how many accounts meet it. */
export function guardrailSymbols(snapshot: Snapshot, { document, guardrails }: GuardrailsFile): DocumentSymbol[] {
  const results = new Map(guardrailResults(snapshot).map((result) => [result.guardrail, result]));
  return guardrails.map((guardrail) => {
    const result = results.get(guardrail);
    return {
      name: guardrail.name.trim() === '' ? '(no name)' : guardrail.name,
      ...(result === undefined ? {} : { detail: metText(result) }),
      kind: SymbolKind.Property,
      range: rangeOf(document, guardrail.span),
      selectionRange: rangeOf(document, guardrail.nameSpan),
    };
  });
}
