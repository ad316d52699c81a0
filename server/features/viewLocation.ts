import type { Span } from '../core/document/tree.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ViewLocation } from '../protocol.ts';
import { documentOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';

/** A place in a policy or model file for a view; undefined when the snapshot does not know the file. */
export function viewLocation(snapshot: Snapshot, uri: string, span: Span): ViewLocation | undefined {
  const document = documentOf(snapshot, uri);
  return document === undefined ? undefined : { uri, range: rangeOf(document, span) };
}
