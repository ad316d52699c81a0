import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Span } from '../core/document/tree.ts';
import { documentOf } from '../features/diagnostics.ts';
import { positionAt } from '../features/ranges.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** A place as a command prints it: a file relative to the working folder, line and column from 1. */
export interface PrintedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a span is. The line is 0 when the file is not known. */
export function printedPlace(snapshot: Snapshot, uri: string, span: Span): PrintedPlace {
  const relative = path.relative(process.cwd(), fileURLToPath(uri));
  const file = relative === '' || path.isAbsolute(relative) ? fileURLToPath(uri) : relative.split(path.sep).join('/');
  const document = documentOf(snapshot, uri);
  if (document === undefined) return { file, line: 0, column: 0 };
  const { line, character } = positionAt(document, span.start);
  return { file, line: line + 1, column: character + 1 };
}

/** `policies/baseline.json:12:13`. */
export function placeText({ file, line, column }: PrintedPlace): string {
  return `${file}:${String(line)}:${String(column)}`;
}
