import type { Snapshot } from '../../model/snapshot.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import type { Inheritance } from '../inheritance.ts';

/** What proposals for a policy are made from. */
export interface PolicyContext {
  readonly snapshot: Snapshot;
  readonly uri: string;
  readonly position: DocumentPosition;
  readonly inheritance: Inheritance;
}
