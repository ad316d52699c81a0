import { visit } from 'jsonc-parser';

/** Larger texts are not looked at: a policy has 10,000 characters. */
const maximumLength = 1_000_000;

/** True for JSON with `plans` at its root and an inheritance operator below: no other format has both. */
export function isPolicyText(text: string): boolean {
  if (text.length > maximumLength || !text.includes('"@@') || !/"plans"/i.test(text)) return false;
  const seen = new Set<'plans' | 'operator'>();
  visit(text, {
    onObjectProperty: (key, _offset, _length, _line, _character, pathSupplier) => {
      if (pathSupplier().length === 0 && key.toLowerCase() === 'plans') seen.add('plans');
      if (key.startsWith('@@')) seen.add('operator');
    },
  });
  return seen.size === 2;
}

/**
 * True for a text under a policy's name that is certainly something else, such as an IAM policy. Names lie; an
 * empty or half-typed text is taken for what its name says.
 */
export function isOtherJson(text: string): boolean {
  return text.length > 2 && !/"plans"|"@@/i.test(text) && /"(?:Statement|Version|Resources|\$schema|[A-Z]\w+)"\s*:/.test(text);
}
