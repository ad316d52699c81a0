import { messageOf, nextStepOf } from './errorWords.ts';
import type { FailedCall, Failure } from './failure.ts';

/** A failed call. `message` says what happened and `nextStep` what to do, both for the user. Holds no credential. */
export class OrganizationsError extends Error {
  override readonly name = 'OrganizationsError';
  readonly failure: Failure;
  readonly call: FailedCall;

  constructor(failure: Failure, call: FailedCall) {
    super(messageOf(failure, call));
    this.failure = failure;
    this.call = call;
  }

  get nextStep(): string {
    return nextStepOf(this.failure, this.call);
  }
}

/** The failure of a call, or undefined for an error of another kind. */
export function failureOf(error: unknown): Failure | undefined {
  return error instanceof OrganizationsError ? error.failure : undefined;
}
