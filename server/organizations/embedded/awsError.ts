/** An error as AWS names it. `Reason` comes with ConstraintViolation and InvalidInput. Source: limits-and-errors §3. */
export class AwsError extends Error {
  readonly Reason: string | undefined;

  constructor(name: string, message: string, reason?: string) {
    super(message);
    this.name = `${name}Exception`;
    this.Reason = reason;
  }
}

/** Source of the messages in words of AWS: limits-and-errors §3 [obs]; of the others: [api]. */
export function invalidInput(reason: string, message = 'You specified an invalid value.'): AwsError {
  return new AwsError('InvalidInput', message, reason);
}

/** The error for something that would break a quota. */
export function constraint(reason: string, message: string): AwsError {
  return new AwsError('ConstraintViolation', message, reason);
}

/** The error for an id that means nothing here. */
export function notFound(what: 'Policy' | 'Target' | 'Parent' | 'Root' | 'Child' | 'Account' | 'OrganizationalUnit' | 'SourceParent' | 'DestinationParent'): AwsError {
  const noun = { Policy: 'a policy', Target: 'a target', Parent: 'a parent', Root: 'a root', Child: 'a child', Account: 'an account', OrganizationalUnit: 'an organizational unit', SourceParent: 'a source parent', DestinationParent: 'a destination parent' }[what];
  return new AwsError(`${what}NotFound`, `You specified ${noun} that doesn't exist.`);
}
