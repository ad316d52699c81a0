import { commands, Location, Position, Uri } from 'vscode';
import type { ViewLocation, ViewPosition } from '../../server/protocol.ts';
import { rangeOf } from '../locations.ts';

/**
 * Opens the references peek, as a lens asks for it.
 * @param uri the document that the peek opens in.
 * @param position where in it, in LSP's form.
 * @param locations what it lists, in LSP's form. Anything else, such as nothing from a key binding, does nothing.
 */
export async function showStatements(uri: unknown, position: unknown, locations: unknown): Promise<void> {
  if (typeof uri !== 'string' || !isPosition(position) || !Array.isArray(locations)) return;
  const shown = locations.filter(isLocation).map((location) => new Location(Uri.parse(location.uri), rangeOf(location.range)));
  await commands.executeCommand('editor.action.showReferences', Uri.parse(uri), new Position(position.line, position.character), shown);
}

function isPosition(value: unknown): value is ViewPosition {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value && typeof value.line === 'number' && typeof value.character === 'number';
}

function isLocation(value: unknown): value is ViewLocation {
  if (typeof value !== 'object' || value === null || !('uri' in value) || typeof value.uri !== 'string' || !('range' in value)) return false;
  const { range } = value;
  return typeof range === 'object' && range !== null && 'start' in range && 'end' in range && isPosition(range.start) && isPosition(range.end);
}
