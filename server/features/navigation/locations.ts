import type { Location } from 'vscode-languageserver-types';
import type { Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { documentOf } from '../diagnostics.ts';
import { rangeOf } from '../ranges.ts';
import { membersAt, withoutQuotes } from './policyNode.ts';

/** Where the files write the key at a path: the key without its quotes. */
export function keyLocations(snapshot: Snapshot, files: Iterable<string>, path: readonly string[]): Location[] {
  return [...files].flatMap((uri) => {
    const document = snapshot.policies.get(uri)?.document;
    if (document === undefined) return [];
    return membersAt(document, path).map((member) => ({ uri, range: rangeOf(document, withoutQuotes(document, member.key)) }));
  });
}

/** The place of a text without its quotes; undefined when the file is not known. */
export function locationOf(snapshot: Snapshot, uri: string, span: Span): Location | undefined {
  const document = documentOf(snapshot, uri);
  return document === undefined ? undefined : { uri, range: rangeOf(document, withoutQuotes(document, span)) };
}
