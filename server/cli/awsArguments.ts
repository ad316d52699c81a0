import { InputError } from './inputError.ts';

/** What the command line says about the way to AWS. */
export interface AwsArguments {
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  readonly embedded: string | undefined;
}

/** The options of {@link AwsArguments}, for the list of a command's options. */
export const awsOptions = ['profile', 'endpoint', 'embedded'] as const;

/**
 * Reads `--profile`, `--endpoint` and `--embedded`.
 * @throws InputError for an endpoint that is no URL, and for an embedded organization with either of the others.
 */
export function readAwsArguments({ profile, endpoint, embedded }: { readonly profile?: string | undefined; readonly endpoint?: string | undefined; readonly embedded?: string | undefined }): AwsArguments {
  if (embedded !== undefined && (profile !== undefined || endpoint !== undefined)) throw new InputError('--embedded FILE stands for AWS, so it excludes --profile and --endpoint.');
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:/i.test(endpoint))) throw new InputError(`--endpoint ${endpoint} is no URL such as http://127.0.0.1:5000.`);
  return { profile, endpoint, embedded };
}
