import { UIKind, env } from 'vscode';
import type { RemoteFailureView } from '../../server/protocol.ts';
import type { CommandName } from '../commandNames.ts';

/** Why AWS is not reached from a browser without a remote machine; undefined elsewhere. */
export function whyNotInBrowser(): RemoteFailureView | undefined {
  if (env.uiKind !== UIKind.Web || env.remoteName !== undefined) return undefined;
  return { message: 'AWS needs VS Code on the desktop or on a remote machine: a browser cannot read AWS credentials, so nothing was sent.', nextStep: 'Open the folder there. Everything else works here.', actions: [] };
}

/** The commands that work with an organization in AWS, or with an embedded one that stands for it. */
export const awsCommands: ReadonlySet<CommandName> = new Set<CommandName>([
  'connectToAws',
  'chooseAwsProfile',
  'changeAwsMode',
  'showAwsConnection',
  'createEmbeddedOrganization',
  'importOrganization',
  'pushPolicy',
  'pushChangedPolicies',
  'attachToOneFirst',
  'continueCanaryAttachment',
  'undoLastPush',
  'recoverOperations',
  'showJournal',
  'showDrift',
  'refreshDrift',
  'openDrift',
  'takeAwsSide',
  'pushOurSide',
  'saveDriftCase',
  'checkReadiness',
  'showJobs',
  'refreshJobs',
  'loadMoreJobs',
  'filterJobs',
  'openJobPolicyLine',
  'copyJobId',
  'showLikelyCause',
  'showSetUp',
  'refreshSetUp',
  'runSetUpAction',
  'enableSetUpStep',
  'disableSetUpStep',
  'registerDelegatedAdministrator',
  'deregisterDelegatedAdministrator',
  'showDelegationPolicy',
  'generateDelegationPolicy',
  'copySetUpCommand',
  'openSetUpPage',
]);
