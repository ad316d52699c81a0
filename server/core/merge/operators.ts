/** The three operators that set values; the fourth, `@@operators_allowed_for_child_policies`, controls them. */
export type ValueOperator = 'assign' | 'append' | 'remove';

/** A set of value-setting operators as bits. */
export type OperatorSet = number;

/** The order in which AWS applies the operators of one entity's policies. Source: inheritance rules 15 and 17 [obs]. */
export const valueOperators: readonly ValueOperator[] = ['assign', 'append', 'remove'];

const bits: Readonly<Record<ValueOperator, OperatorSet>> = { assign: 1, append: 2, remove: 4 };

export const allOperators: OperatorSet = 7;
export const noOperators: OperatorSet = 0;

/** True when `set` allows the operator. */
export function allows(set: OperatorSet, operator: ValueOperator): boolean {
  return (set & bits[operator]) !== 0;
}

/** The set that one value of `@@operators_allowed_for_child_policies` stands for, undefined for an unknown one. */
export function operatorsOfControlValue(value: string): OperatorSet | undefined {
  switch (value.toLowerCase()) {
    case '@@all':
      return allOperators;
    case '@@none':
      return noOperators;
    case '@@assign':
      return bits.assign;
    case '@@append':
      return bits.append;
    case '@@remove':
      return bits.remove;
    default:
      return undefined;
  }
}

/**
 * True when a set at a container lets lower policies add children that are not there yet.
 * Source: inheritance rule 26 and ambiguity U1: `@@append` or `@@assign` permit it [doc, not recorded].
 */
export function allowsNewChildren(set: OperatorSet): boolean {
  return (set & (bits.assign | bits.append)) !== 0;
}

/** The set as AWS writes it, for messages: `@@append, @@remove`, `@@none`. */
export function describeOperators(set: OperatorSet): string {
  const names = valueOperators.filter((operator) => allows(set, operator)).map((operator) => `@@${operator}`);
  return names.length === 0 ? '@@none' : names.join(', ');
}
