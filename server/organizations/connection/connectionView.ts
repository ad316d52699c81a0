import type { ConnectionView } from '../../protocol.ts';
import type { Call } from '../host.ts';
import type { Access } from './access.ts';

/** Asks which organization it is that requests reach. */
export async function connectionView(access: Access, call: Call): Promise<ConnectionView> {
  const api = await access.reading();
  const { id, managementAccountId } = await api.describeOrganization({ signal: call.signal });
  return { ...access.place, organizationId: id, managementAccountId };
}
