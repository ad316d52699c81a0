import type { AwsProfile } from '../../protocol.ts';
import type { RemoteHost } from '../host.ts';
import { refusalOf } from './modes.ts';

/** The profiles of the shared configuration files. Sends nothing, so the mode does not count; the trust of the workspace does. */
export async function profiles({ settings }: Pick<RemoteHost, 'settings'>): Promise<readonly AwsProfile[]> {
  const refusal = refusalOf({ ...settings(), mode: 'readOnly' }, 'read');
  if (refusal !== undefined) throw refusal;
  return (await import('../awsClients.ts')).awsProfiles();
}
