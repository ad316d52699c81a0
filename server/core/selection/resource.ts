/** A resource of an account, as an inventory lists it. */
export interface Resource {
  readonly arn: string;
  readonly partition: string;
  /** The service's name in ARNs, such as `ec2`. */
  readonly service: string;
  /** Undefined where neither the ARN nor the inventory tells, as for an S3 bucket. */
  readonly region?: string;
  /** Twelve digits; undefined where neither the ARN nor the inventory tells. */
  readonly account?: string;
  /** With their letter case: AWS Backup compares tags exactly. Source: common-mistakes D7 [doc]. */
  readonly tags: ReadonlyMap<string, string>;
  /** The line of the inventory that it begins on, 1 = first. */
  readonly line: number;
}

/** What an inventory says beside the ARN, for resources whose ARN does not tell it. */
export interface ResourcePlace {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

const arnForm = /^arn:([a-z][a-z-]{0,20}):([A-Za-z0-9-]{1,60}):([a-z0-9-]{0,30}):(\d{12})?:(\S.*)$/s;

/**
 * A resource by its ARN; undefined for a text that is no ARN of a resource. What the ARN says counts before
 * `place`.
 * @param line 1 = first.
 */
export function resourceOf(arn: string, tags: ReadonlyMap<string, string>, line: number, place: ResourcePlace = {}): Resource | undefined {
  const form = arn.length > maximumArnLength ? null : arnForm.exec(arn);
  if (form === null) return undefined;
  const [, partition = '', service = '', ownRegion = '', ownAccount = ''] = form;
  const region = ownRegion === '' ? place.region : ownRegion;
  const account = ownAccount === '' ? place.account : ownAccount;
  return { arn, partition, service, tags, line, ...(region === undefined || region === '' ? {} : { region }), ...(account === undefined || account === '' ? {} : { account }) };
}

/** An ARN that is longer, in UTF-16 code units, is none. */
const maximumArnLength = 2048;
