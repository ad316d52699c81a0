/**
 * Work that can pause. Each `yield` is a place where whoever runs it may do something else first, or give it up: what
 * was found until then is a part of nothing.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Does all steps at once. */
export function finished<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
