/** What backup policies need around them in AWS: the steps of AWS's guides, how far they are, and what can be done. */

import type { ConnectionView } from './connection.ts';
import type { RemoteFailureView } from './remoteFailure.ts';

/** The steps, in AWS's order. */
export type SetUpStep = 'allFeatures' | 'policyType' | 'trustedAccess' | 'delegatedAdministrators' | 'delegationPolicy' | 'crossAccountBackup' | 'permissions';

/**
 * How far a step is.
 * - `optional`: not done, and only needed by some.
 * - `unknown`: it could not be read.
 */
export type SetUpState = 'done' | 'missing' | 'optional' | 'pending' | 'unknown';

/** Something that is changed in AWS. */
export type SetUpChange =
  | { readonly type: 'enablePolicyType'; readonly rootId: string }
  | { readonly type: 'disablePolicyType'; readonly rootId: string }
  | { readonly type: 'enableTrustedAccess' }
  | { readonly type: 'disableTrustedAccess' }
  | { readonly type: 'registerDelegatedAdministrator'; readonly accountId: string }
  | { readonly type: 'deregisterDelegatedAdministrator'; readonly accountId: string }
  | { readonly type: 'enableCrossAccountBackup' }
  | { readonly type: 'disableCrossAccountBackup' };

/** What a row offers. `register` and `generate` still need an account. */
export type SetUpAction =
  | { readonly type: 'change'; readonly title: string; readonly change: SetUpChange; readonly command: string }
  | { readonly type: 'register'; readonly title: string }
  | { readonly type: 'generate'; readonly title: string }
  | { readonly type: 'show'; readonly title: string; readonly content: string }
  | { readonly type: 'copy'; readonly title: string; readonly text: string };

/** Something that belongs to a step, such as a delegated administrator. */
export interface SetUpDetailView {
  readonly text: string;
  readonly action?: SetUpAction;
}

/** One step. All texts are for the user. */
export interface SetUpRowView {
  readonly step: SetUpStep;
  readonly title: string;
  readonly state: SetUpState;
  /** The state in words, such as `Enabled`. */
  readonly stateText: string;
  readonly why: string;
  readonly details: readonly SetUpDetailView[];
  readonly actions: readonly SetUpAction[];
  /** The command of the AWS CLI that reads the state. */
  readonly command: string;
  /** AWS's page about the step. */
  readonly link: string;
  /** Why the state is not known. */
  readonly failure?: RemoteFailureView;
}

/** Every step, whether or not its state could be read. */
export interface SetUpView {
  readonly rows: readonly SetUpRowView[];
}

/** What is asked before a change is made: `verb` is what the button says. `ref` names exactly this change in this organization. */
export interface SetUpConfirmation {
  readonly ref: number;
  readonly message: string;
  readonly detail: string;
  readonly verb: string;
  readonly connection: ConnectionView;
}

/** A member account that can be chosen. */
export interface MemberAccountView {
  readonly id: string;
  readonly name: string;
}

export interface SetUpRequests {
  'backupPolicy/aws/setUp': { readonly params: null; readonly result: SetUpView };
  /** What the change will do. Refuses where the mode does not allow changes. */
  'backupPolicy/aws/prepareSetUpChange': { readonly params: { readonly change: SetUpChange }; readonly result: SetUpConfirmation };
  /** Makes the change that was confirmed; the result is a sentence. */
  'backupPolicy/aws/changeSetUp': { readonly params: { readonly ref: number }; readonly result: { readonly message: string } };
  'backupPolicy/aws/memberAccounts': { readonly params: null; readonly result: { readonly accounts: readonly MemberAccountView[] } };
  /** A delegation policy that lets an account manage backup policies, beside what the present one says, and the command that puts it. */
  'backupPolicy/aws/delegationPolicy': { readonly params: { readonly accountId: string }; readonly result: { readonly content: string; readonly command: string } };
}
