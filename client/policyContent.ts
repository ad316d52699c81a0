/** Larger texts are not looked at: a policy has 10,000 characters. */
const maximumLength = 1_000_000;

/** Keys of IAM policies, CloudFormation templates and their like, for texts that are no JSON. */
const foreignKey = /"(?:Statement|Version|Resources|\$schema|[A-Z]\w+)"\s*:/;

/** Strings, comments and brackets. A string that is not closed ends with its line. */
const tokens = /"(?:[^"\\\r\n]|\\.)*"?|\/\/.*|\/\*[^]*?(?:\*\/|$)|[{}[\]]/g;

/** Strings, and commas after which nothing comes. */
const lastCommas = /"(?:[^"\\\r\n]|\\.)*"?|,(?=\s*[}\]])/g;

/** True for JSON with `plans` at its root and an inheritance operator below: no other format has both. */
export function isPolicyText(text: string): boolean {
  if (text.length > maximumLength || !text.includes('"@@') || !/"plans"/i.test(text)) return false;
  let depth = 0;
  let hasPlans = false;
  let hasOperator = false;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token.startsWith('"@@')) hasOperator ||= isKey(text, index + token.length);
    else if (depth === 1 && token.toLowerCase() === '"plans"') hasPlans ||= isKey(text, index + token.length);
    if (hasPlans && hasOperator) return true;
  }
  return false;
}

function isKey(text: string, end: number): boolean {
  return /^\s*:/.test(text.slice(end, end + 100));
}

/**
 * True for a text under a policy's name that is certainly something else, such as an IAM policy or the settings of
 * an application. An empty or half-typed text, and one with a misspelt `plans`, is taken for what its name says.
 */
export function isOtherJson(text: string): boolean {
  if (text.length > maximumLength || /"plans"|"@@/i.test(text)) return false;
  let value: unknown;
  try {
    const uncommented = text.replaceAll(tokens, (token) => (token.startsWith('/') ? ' ' : token));
    value = JSON.parse(uncommented.replaceAll(lastCommas, (part) => (part === ',' ? '' : part)));
  } catch {
    return foreignKey.test(text);
  }
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && !keys.some((key) => /^plans?$/i.test(key));
}
