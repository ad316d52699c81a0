import type { SetUpAction, SetUpRowView, SetUpState, SetUpStep } from '../../protocol.ts';
import { awsCommandLine, type CommandPlace } from '../commandLine.ts';
import { failureActions } from '../failureActions.ts';
import type { OrganizationsError } from '../errors.ts';
import { minimalPolicy } from '../permissions.ts';
import { changeCommand } from './changes.ts';
import { concernsBackupPolicies } from './delegationPolicy.ts';
import { changingActions, readingActions, setUpActions } from './neededActions.ts';
import { backupPrincipal, failuresOf, type Reading, type SetUpReadings } from './readings.ts';

const guide = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const backupGuide = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

interface Step {
  readonly title: string;
  readonly why: string;
  readonly link: string;
  readonly command: readonly [service: string, operation: string, options?: Readonly<Record<string, string>>];
}

/** Source: organizations-api §§4 and 5 [doc]. */
const steps: Readonly<Record<SetUpStep, Step>> = {
  allFeatures: {
    title: 'All Features',
    why: 'AWS offers policies of any type only to an organization with all features. Every account that was invited has to agree to it.',
    link: `${guide}/orgs_manage_org_support-all-features.html`,
    command: ['organizations', 'describe-organization'],
  },
  policyType: {
    title: 'Backup Policies',
    why: 'Without the policy type BACKUP_POLICY in the root, backup policies can be written but not attached, and no account gets a plan from them.',
    link: `${guide}/enable-policy-type.html`,
    command: ['organizations', 'list-roots'],
  },
  trustedAccess: {
    title: 'Trusted Access of AWS Backup',
    why: 'It is needed for monitoring across accounts: jobs of the whole organization are seen in the management account and by delegated administrators. AWS recommends to enable it in the console of AWS Backup (cross-account monitoring).',
    link: `${guide}/services-that-can-integrate-backup.html`,
    command: ['organizations', 'list-aws-service-access-for-organization'],
  },
  delegatedAdministrators: {
    title: 'Delegated Administrators for AWS Backup',
    why: 'They see the jobs of all accounts, so that nobody has to work in the management account for that. They may not yet manage backup policies: that is what the delegation policy is for.',
    link: `${backupGuide}/manage-cross-account.html`,
    command: ['organizations', 'list-delegated-administrators', { 'service-principal': backupPrincipal }],
  },
  delegationPolicy: {
    title: 'Delegation Policy for Backup Policies',
    why: 'This resource-based policy of the organization lets a member account create, change and attach backup policies, also those that others made. The account needs the matching IAM permissions besides.',
    link: `${guide}/orgs_delegate_policies.html`,
    command: ['organizations', 'describe-resource-policy'],
  },
  crossAccountBackup: {
    title: 'Cross-Account Backup',
    why: 'Copy actions to a vault of another account work only while it is enabled. It is a setting of AWS Backup in the management account.',
    link: `${backupGuide}/create-cross-account-backup.html`,
    command: ['backup', 'describe-global-settings'],
  },
  permissions: {
    title: 'My Permissions',
    why: 'Changing the set-up takes the management account; managing policies takes it or an account that the delegation policy names. What AWS refuses is learned from what was asked here.',
    link: `${guide}/orgs_manage_policies_backup_prereqs.html`,
    command: ['sts', 'get-caller-identity'],
  },
};

type RowState = Pick<SetUpRowView, 'state' | 'stateText'> & Partial<Pick<SetUpRowView, 'details' | 'actions' | 'failure'>>;

/** A row for each step; one whose question failed says so, and the others are not concerned. */
export function setUpRows(readings: SetUpReadings, place: CommandPlace): readonly SetUpRowView[] {
  const row = (step: SetUpStep, { state, stateText, details = [], actions = [], failure }: RowState): SetUpRowView => {
    const { title, why, link, command: [service, operation, options = {}] } = steps[step];
    return { step, title, state, stateText, why, details, actions, command: awsCommandLine(service, operation, options, place), link, ...(failure === undefined ? {} : { failure }) };
  };
  return [
    row('allFeatures', of(readings.organization, ({ featureSet }) => (featureSet === 'ALL' ? { state: 'done', stateText: 'Enabled' } : { state: 'missing', stateText: 'Consolidated billing only', details: [{ text: 'Enable all features in the management account; AWS asks the invited accounts first.' }], actions: [{ type: 'copy', title: 'Copy Command to Enable All Features', text: awsCommandLine('organizations', 'enable-all-features', {}, place) }] }))),
    row('policyType', of(readings.roots, ([root]) => (root === undefined ? { state: 'unknown', stateText: 'No root' } : policyTypeState(root, place)))),
    row('trustedAccess', of(readings.trustedServices, (services) => trustedState(services.some(({ servicePrincipal }) => servicePrincipal === backupPrincipal), place))),
    row('delegatedAdministrators', of(readings.administrators, (administrators) => ({
      state: administrators.length === 0 ? 'optional' : 'done',
      stateText: administrators.length === 0 ? 'None' : administrators.length === 1 ? '1 account' : `${String(administrators.length)} accounts`,
      details: administrators.map(({ id, name }) => ({ text: `${name} (${id})`, action: change(`Deregister ${name}…`, { type: 'deregisterDelegatedAdministrator', accountId: id }, place) })),
      actions: [{ type: 'register', title: 'Register Delegated Administrator…' }],
    }))),
    row('delegationPolicy', of(readings.delegationPolicy, (policy) => {
      const concerns = policy !== undefined && concernsBackupPolicies(policy.content);
      const show: readonly SetUpAction[] = policy === undefined ? [] : [{ type: 'show', title: 'Show Delegation Policy', content: policy.content }];
      return { state: concerns ? 'done' : 'optional', stateText: policy === undefined ? 'None' : concerns ? 'Delegates backup policies' : 'Does not delegate backup policies', actions: [...show, { type: 'generate', title: 'Generate Delegation Policy…' }] };
    })),
    row('crossAccountBackup', of(readings.globalSettings, ({ flags }) => {
      const enabled = flags['isCrossAccountBackupEnabled'] === true;
      return {
        state: enabled ? 'done' : 'optional',
        stateText: enabled ? 'Enabled' : 'Disabled',
        actions: [enabled ? change('Disable Cross-Account Backup…', { type: 'disableCrossAccountBackup' }, place) : change('Enable Cross-Account Backup…', { type: 'enableCrossAccountBackup' }, place)],
      };
    })),
    row('permissions', permissionsState(readings)),
  ];
}

function of<T>(reading: Reading<T>, state: (value: T) => RowState): RowState {
  return reading.type === 'read' ? state(reading.value) : failed(reading.error);
}

function failed(error: OrganizationsError): RowState {
  const refused = error.failure.kind === 'accessDenied';
  return { state: 'unknown', stateText: refused ? 'Not allowed to read' : 'Could not be read', failure: { message: error.message, nextStep: error.nextStep, actions: failureActions(error) } };
}

function change(title: string, wanted: Parameters<typeof changeCommand>[0], place: CommandPlace): SetUpAction {
  return { type: 'change', title, change: wanted, command: changeCommand(wanted, place) };
}

const typeStates: Readonly<Record<string, readonly [SetUpState, string]>> = {
  ENABLED: ['done', 'Enabled'],
  DISABLED: ['missing', 'Disabled'],
  PENDING_ENABLE: ['pending', 'Being enabled'],
  PENDING_DISABLE: ['pending', 'Being disabled'],
};

function policyTypeState({ id: rootId, backupPolicies }: { readonly id: string; readonly backupPolicies: string }, place: CommandPlace): RowState {
  const [state, stateText] = typeStates[backupPolicies] ?? ['unknown', backupPolicies];
  const actions = state === 'done'
    ? [change('Disable Backup Policies…', { type: 'disablePolicyType', rootId }, place)]
    : state === 'missing' ? [change('Enable Backup Policies…', { type: 'enablePolicyType', rootId }, place)] : [];
  return { state, stateText, actions };
}

function trustedState(trusted: boolean, place: CommandPlace): RowState {
  return trusted
    ? { state: 'done', stateText: 'Enabled', actions: [change('Disable Trusted Access…', { type: 'disableTrustedAccess' }, place)] }
    : { state: 'missing', stateText: 'Disabled', actions: [change('Enable Trusted Access…', { type: 'enableTrustedAccess' }, place)] };
}

/** Who calls, and what AWS refused of what was asked; nothing is tried out. */
function permissionsState(readings: SetUpReadings): RowState {
  const refused = [...new Set(failuresOf(readings).flatMap(({ failure }) => (failure.kind === 'accessDenied' ? [failure.action] : [])))].sort();
  const { identity, organization } = readings;
  const member = identity.type === 'read' && organization.type === 'read' && identity.value.accountId !== organization.value.managementAccountId;
  const caller = identity.type === 'read' ? [{ text: `Calls as ${identity.value.arn}` }] : [];
  const where = !member ? [] : [{ text: `This is no management account (${organization.value.managementAccountId}): the set-up cannot be changed here.` }];
  const copyAll: SetUpAction = { type: 'copy', title: 'Copy IAM Policy for Everything', text: minimalPolicy([...readingActions, ...changingActions, ...setUpActions]) };
  const copyReading: SetUpAction = { type: 'copy', title: 'Copy IAM Policy for Reading', text: minimalPolicy(readingActions) };
  if (refused.length === 0) {
    if (identity.type === 'failed') return { ...failed(identity.error), actions: [copyReading, copyAll] };
    return { state: 'done', stateText: 'Nothing was refused', details: [...caller, ...where], actions: [copyReading, copyAll] };
  }
  return {
    state: 'missing',
    stateText: refused.length === 1 ? '1 action refused' : `${String(refused.length)} actions refused`,
    details: [...caller, ...where, ...refused.map((action) => ({ text: `Refused: ${action}` }))],
    actions: [{ type: 'copy', title: 'Copy IAM Policy for the Refused Actions', text: minimalPolicy(refused) }, copyReading, copyAll],
  };
}
