// What the suites use of node:assert/strict, for an extension host without Node.

function shown(value: unknown): string {
  return value === undefined ? 'undefined' : JSON.stringify(value, undefined, 2);
}

function fail(message: string | undefined, actual: unknown, expected: unknown): never {
  throw new Error(`${message ?? 'not as expected'}\nactual: ${shown(actual)}\nexpected: ${shown(expected)}`);
}

function same(actual: unknown, expected: unknown): boolean {
  if (Object.is(actual, expected)) return true;
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) return false;
  if (Array.isArray(actual) !== Array.isArray(expected)) return false;
  const [left, right] = [actual, expected].map((each) => new Map(Object.entries(each)));
  return left !== undefined && right !== undefined && left.size === right.size && [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

/** Throws unless the value counts as true. */
export function ok(value: unknown, message?: string): asserts value {
  if (!value) fail(message, value, true);
}

/** Throws unless both are the same value. */
export function equal<Value>(actual: unknown, expected: Value, message?: string): asserts actual is Value {
  if (!Object.is(actual, expected)) fail(message, actual, expected);
}

/** Throws unless both hold the same, however deep. */
export function deepEqual<Value>(actual: unknown, expected: Value, message?: string): asserts actual is Value {
  if (!same(actual, expected)) fail(message, actual, expected);
}

/** Throws unless the text fits. */
export function match(text: string, pattern: RegExp, message?: string): void {
  if (!pattern.test(text)) fail(message, text, String(pattern));
}

/** Rejects unless the action does, with an error that fits. */
export async function rejects(action: () => PromiseLike<unknown>, pattern: RegExp): Promise<void> {
  const reason = await Promise.resolve(action()).then(() => undefined, (error: unknown) => ({ error }));
  if (reason === undefined) fail('it did not reject', undefined, pattern);
  match(String(reason.error), pattern);
}
