import { Range, Uri, window } from 'vscode';
import type { ViewLocation, ViewRange } from '../server/protocol.ts';

/** A range as VS Code has it. */
export function rangeOf({ start, end }: ViewRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** Opens a file and selects a place in it. */
export async function revealLocation({ uri, range }: ViewLocation): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), { selection: rangeOf(range) });
}
