import { ratioOf, type Extent, type Row } from './rows.ts';

/** What a row is to be, in goals.json. Every limit is a most. */
export interface Goal {
  /** In words. */
  readonly goal: string;
  /** Which number counts: that of ours by the other's, or ours alone: as kilobytes, or as milliseconds, which never fail anything. */
  readonly of: 'ratio' | 'size' | 'time';
  readonly atMost: number;
  /** The limit of the short form, with room for a machine that does other things as well. */
  readonly short: number;
  /** Set where only the long form judges it: it takes too long for the short one, or is too little to be measured in few turns. */
  readonly longFormOnly?: true;
  /** Why it is known not to be met; the short form then does not fail for it. */
  readonly knownMiss?: string;
  /** What it is made of, said when a run is beyond the goal; it excuses nothing. */
  readonly cause?: string;
}

/** A row with what became of its goal. */
export interface Judged {
  readonly row: Row;
  readonly ratio?: number;
  readonly goal?: Goal;
  readonly met?: boolean;
  /** Of the short form: undefined for what it does not judge. */
  readonly passed?: boolean;
}

/** Puts every row beside its goal. Throws when a goal has no row: it would be met by nobody looking. */
export function judge(rows: readonly Row[], goals: Readonly<Record<string, Goal>>, { short }: Extent): readonly Judged[] {
  const missing = Object.entries(goals).filter(([id, { longFormOnly }]) => !(short && longFormOnly === true) && !rows.some((row) => row.id === id));
  if (missing.length > 0) throw new Error(`These goals have no measure: ${missing.map(([id]) => id).join(', ')}`);
  return rows.map((row) => {
    const [ratio, goal] = [ratioOf(row), goals[row.id]];
    const value = goal?.of === 'ratio' ? ratio : row.ours;
    if (goal === undefined) return { row, ...(ratio === undefined ? {} : { ratio }) };
    if (value === undefined) throw new Error(`The goal of ${row.id} is a ratio, and there is nothing to compare with.`);
    const judged = { row, ...(ratio === undefined ? {} : { ratio }), goal, met: value <= goal.atMost };
    return goal.of === 'time' || (short && goal.longFormOnly === true) ? judged : { ...judged, passed: value <= goal.short || goal.knownMiss !== undefined };
  });
}
