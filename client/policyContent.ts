import { parse, visit, type ParseError } from 'jsonc-parser';

/** Larger texts are not looked at: a policy has 10,000 characters. */
const maximumLength = 1_000_000;

/** Keys of IAM policies, CloudFormation templates and their like, for texts that are no JSON. */
const foreignKey = /"(?:Statement|Version|Resources|\$schema|[A-Z]\w+)"\s*:/;

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
 * True for a text under a policy's name that is certainly something else, such as an IAM policy or the settings of
 * an application. An empty or half-typed text, and one with a misspelt `plans`, is taken for what its name says.
 */
export function isOtherJson(text: string): boolean {
  if (text.length > maximumLength || /"plans"|"@@/i.test(text)) return false;
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return foreignKey.test(text);
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && !keys.some((key) => /^plans?$/i.test(key));
}
