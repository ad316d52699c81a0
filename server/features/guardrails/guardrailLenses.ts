import type { CodeLens } from 'vscode-languageserver-types';
import type { GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { lensCommands, type ViewLocation } from '../../protocol.ts';
import { documentOf } from '../diagnostics.ts';
import { rangeOf } from '../ranges.ts';
import { guardrailResults, type GuardrailResult } from './guardrailResults.ts';

/** How many accounts meet a guardrail, as the rest of a sentence about it. */
export function metText({ accounts, failing }: GuardrailResult): string {
  if (accounts === 0) return 'about no account';
  return `met by ${String(accounts - failing)} of ${accounts === 1 ? '1 account' : `${String(accounts)} accounts`}`;
}

/** `textDocument/codeLens` of a guardrails file: above each guardrail how many accounts meet it; it leads to the lines that break it. */
export function guardrailLenses(snapshot: Snapshot, file: GuardrailsFile): CodeLens[] {
  return guardrailResults(snapshot).filter((result) => result.file === file).map((result) => {
    const range = rangeOf(file.document, result.guardrail.nameSpan);
    const title = metText(result);
    const places = breakingPlaces(snapshot, result);
    // Without a command the lens is text.
    return { range, command: places.length === 0 ? { title, command: '' } : { title, command: lensCommands.showStatements, arguments: [file.uri, range.start, places] } };
  });
}

function breakingPlaces(snapshot: Snapshot, { groups }: GuardrailResult): readonly ViewLocation[] {
  const places = new Map<string, ViewLocation>();
  for (const { failures } of groups) {
    for (const { breaches: [{ place }] } of failures) {
      const document = place === undefined ? undefined : documentOf(snapshot, place.uri);
      if (place !== undefined && document !== undefined) places.set(`${place.uri}\n${String(place.span.start)}`, { uri: place.uri, range: rangeOf(document, place.span) });
    }
  }
  return [...places.values()];
}
