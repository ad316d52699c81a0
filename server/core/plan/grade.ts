/**
 * How a change of an effective policy touches protection, from harmless to worst.
 * - `safe`: nothing is protected less. `weaker`: shorter retention, fewer Regions, copies or resources, a rarer schedule.
 * - `lost`: a plan, rule or selection is gone.
 * - `repaired`: an invalid effective policy becomes valid, so what AWS withheld takes effect.
 * - `frozen`: the effective policy becomes invalid, and AWS keeps the last valid one.
 */
export type Grade = 'safe' | 'repaired' | 'weaker' | 'lost' | 'frozen';

const order: readonly Grade[] = ['safe', 'repaired', 'weaker', 'lost', 'frozen'];

/** Positive when `left` is worse than `right`. */
export function compareGrades(left: Grade, right: Grade): number {
  return order.indexOf(left) - order.indexOf(right);
}

/** The worst of several grades; `safe` for none. */
export function worstGrade(grades: readonly Grade[]): Grade {
  return grades.reduce<Grade>((worst, grade) => (compareGrades(grade, worst) > 0 ? grade : worst), 'safe');
}
