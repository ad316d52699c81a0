import type { Position } from 'vscode-languageserver-types';
import { grammarAt } from '../core/grammar.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { documentPosition } from './documentPosition.ts';
import { offsetAt } from './ranges.ts';

/** No path of a policy has more keys. */
const deepest = 16;

/** The setting or group of a policy file that a position belongs to, as the keys that lead there; undefined outside of any. */
export function settingAt(snapshot: Snapshot, uri: string, position: Position): readonly string[] | undefined {
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) return undefined;
  const found = documentPosition(document.text, offsetAt(document, position));
  if (found === undefined) return undefined;
  const steps = found.slot === 'key' && found.text !== '' ? [...found.path, found.text] : found.path;
  const keys = steps.filter((step) => typeof step === 'string');
  const operator = keys.findIndex((key) => key.startsWith('@@'));
  const path = operator === -1 ? keys : keys.slice(0, operator);
  for (let length = Math.min(path.length, deepest); length > 0; length--) {
    if (grammarAt(path.slice(0, length)) !== undefined) return path.slice(0, length);
  }
  return undefined;
}
