/** The unit of what was measured; `factor` is a number without one. */
export type Unit = 'ms' | 'kB' | 'MB' | 'factor';

/** One line of the table. */
export interface Row {
  /** By which goals.json knows it. */
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly other?: { readonly value: number; readonly name: string };
  /** What one has to know to read the numbers. */
  readonly note?: string;
}

/** How much is measured: the short form takes fewer turns and smaller organizations. */
export interface Extent {
  readonly short: boolean;
}

/** Rows of one kind against several others: one row for each. */
export function against(row: Omit<Row, 'other'>, others: Readonly<Record<string, number>>): readonly Row[] {
  return Object.entries(others).map(([name, value]) => ({ ...row, id: `${row.id}/${name}`, other: { value, name } }));
}

/** Ours by the other's: 0.02 is fifty times less. Undefined where there is nothing to compare with. */
export function ratioOf({ ours, other }: Row): number | undefined {
  return other === undefined ? undefined : ours / other.value;
}
