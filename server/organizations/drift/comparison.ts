import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { StatementChange } from '../../core/plan/statementDifference.ts';
import type { DriftChangeView } from '../../protocol/drift.ts';
import { valuesText } from '../../features/changeText.ts';
import type { Matching } from './matching.ts';
import type { DriftReading } from './reading.ts';

/** What findings are made of. */
export interface Comparison {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly reading: DriftReading;
  readonly matching: Matching;
}

/** A difference of two policies as views show it. */
export function changeView(change: StatementChange): DriftChangeView {
  const values = valuesText(change);
  return { type: change.type, path: change.path.join('/'), ...(values === undefined ? {} : { values }) };
}

/** `1 setting`, `3 settings`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
