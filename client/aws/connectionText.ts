import type { AwsSettings, ConnectionView, RemoteMode } from '../../server/protocol.ts';

/** A mode in words. */
export const modeWords: Readonly<Record<RemoteMode, string>> = { off: 'off', readOnly: 'read-only', readWrite: 'read and write' };

/** Whom and what a connection reaches, one fact a line, for the detail of a confirmation. */
export function connectionDetail(view: ConnectionView): string {
  return connectionFacts(view).map(({ name, value }) => `${name}: ${value}`).join('\n');
}

/** One fact about a connection. */
export interface ConnectionFact {
  readonly name: string;
  readonly value: string;
}

/** What is known of a connection that was made. */
export function connectionFacts({ backend, mode, profile, endpoint, file, organizationId, managementAccountId, caller }: ConnectionView): readonly ConnectionFact[] {
  const organization = [{ name: 'Organization', value: organizationId }, { name: 'Management account', value: managementAccountId }];
  const modeFact = { name: 'Mode', value: modeWords[mode] };
  if (backend === 'embedded') return [{ name: 'Embedded organization', value: file ?? 'no AWS account' }, ...organization, modeFact];
  return [
    { name: 'Credentials', value: profile === undefined ? 'of the environment' : `profile ${profile}` },
    ...organization,
    ...(caller === undefined ? [{ name: 'Caller', value: 'not known, AWS STS does not answer' }] : [{ name: 'Account', value: caller.accountId }, { name: 'Caller', value: caller.arn }]),
    { name: 'Endpoint', value: endpoint ?? 'AWS Organizations' },
    modeFact,
  ];
}

/** The connection in few words, for the status bar: what is chosen, the account once AWS has told it, the mode. */
export function connectionStatus({ mode, profile, embedded }: AwsSettings, view: ConnectionView | undefined): string {
  if (mode === 'off') return 'AWS off';
  const who = embedded !== undefined ? 'Embedded organization' : (profile ?? 'AWS environment');
  return [who, ...(view?.caller === undefined ? [] : [view.caller.accountId]), modeWords[mode]].join(' · ');
}
