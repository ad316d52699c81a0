import { awsCommandLine, type CommandPlace, type OptionValue } from './commandLine.ts';
import type { PolicyReference, RemoteWrite } from './writes/write.ts';

/**
 * The commands of the AWS CLI that do the same as some writes, one for each, for a POSIX shell. The id of a policy that
 * one of them creates is kept in a shell variable when a later one needs it.
 * @param contentFile the path of a file that holds exactly the content that a write sends; without one it stands in the command.
 */
export function writeCommands(writes: readonly RemoteWrite[], place: CommandPlace, contentFile: (index: number) => string | undefined = () => undefined): readonly string[] {
  const referred = new Set(writes.flatMap((write) => ('policyId' in write && typeof write.policyId === 'object' ? [write.policyId.createdBy] : [])));
  return writes.map((write, index) => {
    if (!referred.has(index)) return awsCommand(write, place, contentFile(index));
    return `${variable(index)}=$(${awsCommand(write, place, contentFile(index), { query: 'Policy.PolicySummary.Id', output: 'text' })})`;
  });
}

/** The command of one write. @param more options beyond those of the request. */
export function awsCommand(write: RemoteWrite, place: CommandPlace, contentFile?: string, more: Readonly<Record<string, string>> = {}): string {
  const command = (operation: string, options: Readonly<Record<string, OptionValue>>): string => awsCommandLine('organizations', operation, { ...options, ...more }, place);
  const service = (principal: string): Readonly<Record<string, string>> => ({ 'service-principal': principal });
  const content = (text: string): OptionValue => (contentFile === undefined ? text : { file: contentFile });
  switch (write.type) {
    case 'createPolicy': {
      const tags = write.tags ?? [];
      return command('create-policy', {
        type: 'BACKUP_POLICY',
        name: write.name,
        description: write.description,
        content: content(write.content),
        ...(tags.length === 0 ? {} : { tags: JSON.stringify(tags.map(({ key, value }) => ({ Key: key, Value: value }))) }),
      });
    }
    case 'updatePolicy': {
      const { before, after } = write;
      return command('update-policy', {
        'policy-id': write.policyId,
        ...(before.name === after.name ? {} : { name: after.name }),
        ...(before.description === after.description || after.description === '' ? {} : { description: after.description }),
        ...(before.content === after.content ? {} : { content: content(after.content) }),
      });
    }
    case 'deletePolicy':
      return command('delete-policy', { 'policy-id': idOf(write.policyId) });
    case 'attachPolicy':
      return command('attach-policy', { 'policy-id': idOf(write.policyId), 'target-id': write.targetId });
    case 'detachPolicy':
      return command('detach-policy', { 'policy-id': idOf(write.policyId), 'target-id': write.targetId });
    case 'enablePolicyType':
      return command('enable-policy-type', { 'root-id': write.rootId, 'policy-type': 'BACKUP_POLICY' });
    case 'disablePolicyType':
      return command('disable-policy-type', { 'root-id': write.rootId, 'policy-type': 'BACKUP_POLICY' });
    case 'enableTrustedAccess':
      return command('enable-aws-service-access', service(write.servicePrincipal));
    case 'disableTrustedAccess':
      return command('disable-aws-service-access', service(write.servicePrincipal));
    case 'registerDelegatedAdministrator':
      return command('register-delegated-administrator', { 'account-id': write.accountId, ...service(write.servicePrincipal) });
    case 'deregisterDelegatedAdministrator':
      return command('deregister-delegated-administrator', { 'account-id': write.accountId, ...service(write.servicePrincipal) });
    case 'updateGlobalSettings':
      return awsCommandLine('backup', 'update-global-settings', { 'global-settings': `${write.flag}=${String(write.after)}`, ...more }, place);
  }
}

function idOf(reference: PolicyReference): OptionValue {
  return typeof reference === 'string' ? reference : { variable: variable(reference.createdBy) };
}

/** `POLICY_1` for the first write. */
function variable(index: number): string {
  return `POLICY_${String(index + 1)}`;
}
