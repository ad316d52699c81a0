import type { Document } from '../../server/core/document/tree.ts';
import { documentOf } from '../../server/features/diagnostics.ts';
import { offsetAt, positionAt } from '../../server/features/ranges.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { TargetRef } from '../../server/protocol.ts';
import type { Position, Range } from 'vscode-languageserver-types';
import type { Random } from '../property/random.ts';

/** Who is told what came of a look. */
export interface Observer {
  /** Tells of something that an editor could not work with. */
  readonly fault: (what: string) => void;
  /** Called where the server takes in messages before it goes on. */
  readonly pause: () => void;
  /** Runs what the server does not do, such as a check of an answer: its time does not count. */
  readonly aside: <Result>(check: () => Result) => Result;
}

/** One document in its organization, and who looks at it. */
export interface Look extends Observer {
  readonly uri: string;
  /** The snapshot before the document got its text. */
  readonly before: Snapshot;
  readonly snapshot: Snapshot;
  readonly document: Document;
  /** The target that views show. */
  readonly target: TargetRef;
  readonly positions: readonly Position[];
  readonly range: Range;
  readonly whole: Range;
}

/** A look at a document at places of chance; undefined for one that the snapshot does not know. */
export function lookAt(before: Snapshot, snapshot: Snapshot, uri: string, target: TargetRef, random: Random, observer: Observer): Look | undefined {
  const document = documentOf(snapshot, uri);
  if (document === undefined) return undefined;
  const { length } = document.text;
  const offsets = [random.below(length + 1), random.below(length + 1), random.below(length + 1)].sort((left, right) => left - right);
  // No cursor stands between a carriage return and its line feed.
  const positions = offsets.map((offset) => positionAt(document, offsetAt(document, positionAt(document, offset))));
  const [first = { line: 0, character: 0 }, second = first] = positions;
  return { uri, before, snapshot, document, target, positions, range: { start: first, end: second }, whole: { start: { line: 0, character: 0 }, end: positionAt(document, length) }, ...observer };
}
