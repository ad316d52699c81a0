import type { AwsSettings } from '../../protocol.ts';
import { Refusal } from '../refusal.ts';

/** What a request does to the organization. */
export type Intent = 'read' | 'write';

/** Why the settings do not allow it; undefined when they do. */
export function refusalOf({ trusted, mode, profile, embedded }: AwsSettings, intent: Intent): Refusal | undefined {
  if (!trusted) {
    return new Refusal('This workspace is in restricted mode, where nothing is sent to AWS.', 'Trust the workspace if you know where its files come from.', [{ type: 'command', title: 'Manage Workspace Trust', command: 'workbench.trust.manage', arguments: [] }]);
  }
  const changeMode = { type: 'command', title: 'Change Mode', command: 'awsBackupPolicy.changeAwsMode', arguments: [] } as const;
  if (mode === 'off' && (profile ?? embedded) !== undefined) {
    return new Refusal('The mode is off, so nothing is sent to AWS.', 'Change the mode to "readOnly", or to "readWrite" if you want to change policies and attachments in AWS.', [changeMode]);
  }
  if (mode === 'off') {
    return new Refusal('No organization is connected, so nothing is sent to AWS.', 'Choose an AWS profile, or an embedded organization that needs no AWS account.', [{ type: 'command', title: 'Connect to AWS', command: 'awsBackupPolicy.connectToAws', arguments: [] }]);
  }
  if (mode === 'readOnly' && intent === 'write') {
    return new Refusal('The connection to AWS is read-only, so nothing is changed there.', 'Change the mode to "readWrite" if you want to change policies and attachments in AWS.', [changeMode]);
  }
  return undefined;
}
