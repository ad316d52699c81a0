import type { Document } from '../../core/document/tree.ts';
import type { Stated, StatedLeaf } from '../../core/merge/statements.ts';

/** A part of a policy with the document whose text it is. */
export interface StatedIn {
  readonly stated: Stated;
  readonly document: Document;
}

/** True when two policies say the same: the same operators, values and controls, keys in any order and letter case. */
export function sameStatement(left: StatedIn, right: StatedIn): boolean {
  return contentOf(left) === contentOf(right);
}

/** True when two policies can be written as one: below a common key they say the same, or only one says something. */
export function canUnite(left: StatedIn, right: StatedIn): boolean {
  const [one, other] = [left.stated, right.stated];
  if (one.control !== undefined && other.control !== undefined && one.control.allowed !== other.control.allowed) return false;
  if (one.kind !== 'container' || other.kind !== 'container') return sameStatement(left, right);
  return [...one.children].every(([key, child]) => {
    const twin = other.children.get(key);
    return twin === undefined || (twin.name === child.name && canUnite({ ...left, stated: child }, { ...right, stated: twin }));
  });
}

function contentOf({ stated, document }: StatedIn): string {
  const control = stated.control?.allowed ?? null;
  if (stated.kind !== 'container') return JSON.stringify([control, operationsOf(stated, document)]);
  const children = [...stated.children].map(([key, child]): readonly [string, string] => [key, contentOf({ stated: child, document })]);
  return JSON.stringify([control, children.sort(([one], [other]) => (one < other ? -1 : 1))]);
}

function operationsOf({ operations }: StatedLeaf, { text }: Document): unknown {
  return operations.map(({ operator, values }) => [operator, values.map((value) => (value.unknown ? { template: text.slice(value.span.start, value.span.end) } : value.text))]).sort();
}
