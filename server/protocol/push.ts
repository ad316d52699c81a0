/** Pushing policy files to AWS Organizations: what would be written, and what came of it. */

import type { TargetRef, ViewLocation, ViewRange } from './entity.ts';
import type { ImpactView } from './impact.ts';

/**
 * What a push does with one policy.
 * - `unchanged`: AWS has it so already.
 * - `conflict`: AWS has what neither the file nor the last push or import had; it is left alone.
 * - `refused`: it cannot be pushed, or AWS would not take it.
 */
export type PushKind = 'create' | 'update' | 'unchanged' | 'conflict' | 'refused';

/** What a push asks for. */
export interface PreparePushParams {
  /** URI of the model file. */
  readonly organization: string;
  /** Names of policies of the model, or all whose file is not as it was at the last push or import. */
  readonly policies: readonly string[] | 'changed';
  /** Names of policies that are pushed although AWS has another content than was last known. */
  readonly overwrite?: readonly string[];
}

/** A root, OU or account that AWS has a policy attached to. */
export interface PushTargetView {
  readonly id: string;
  readonly name: string;
  /** Path of names in the model; undefined for a target that the model does not have. */
  readonly path?: string;
}

/** One policy of a push. */
export interface PushPolicyView {
  /** Its name in the model and, after the push, in AWS. */
  readonly name: string;
  /** URI of its file; undefined when the model names none. */
  readonly uri?: string;
  /** Its id in AWS; undefined as long as it is not there. */
  readonly policyId?: string;
  readonly kind: PushKind;
  /** What happens to it and why, for people. */
  readonly summary: string;
  /** What is written of an existing policy. */
  readonly changes: readonly ('content' | 'name' | 'description')[];
  /** Unicode characters that are sent; undefined where nothing is. */
  readonly characters?: number;
  /** True when it is sent without white space between its elements. */
  readonly minified: boolean;
  /** Where AWS has it attached. */
  readonly targets: readonly PushTargetView[];
  readonly warnings: readonly string[];
  /** Why AWS would refuse the document. */
  readonly problems: readonly { readonly message: string; readonly location: ViewLocation }[];
  /** The versions that can be compared. */
  readonly versions: readonly PushVersion[];
}

/** `base`: what was last known of AWS; `remote`: AWS now; `file`: what is pushed. */
export type PushVersion = 'base' | 'remote' | 'file';

/** What a push would do. Nothing is written. */
export interface PushPreparationView {
  /** Names this preparation; it stands for exactly what is shown. */
  readonly ref: string;
  /** URI of the model file. */
  readonly organization: string;
  /** `o-a1b2c3d4e5` */
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** The account that calls, when it is known. */
  readonly accountId?: string;
  /** Set when it is not AWS's own. */
  readonly endpoint?: string;
  /** Set when it is an organization in a file that behaves as AWS does. */
  readonly embedded?: true;
  readonly policies: readonly PushPolicyView[];
  /** What creating and updating mean for the accounts below the real targets. */
  readonly impact: ImpactView;
  /** What is to be known about the push as a whole. */
  readonly warnings: readonly string[];
  /** On what the comparison rests. */
  readonly notes: readonly string[];
  /** The writes as commands of the AWS CLI, ready for a POSIX shell; empty without writes. */
  readonly commands: string;
}

/** AWS's validation report of an account beside ours. */
export interface PushReportView {
  readonly account: TargetRef;
  readonly accountId: string;
  readonly path: string;
  /** False when AWS had not made its effective policy anew in time: the report may be an older one. */
  readonly settled: boolean;
  readonly agrees: boolean;
  /** `KEY_REQUIRED at plans/daily: 'regions' is missing` */
  readonly onlyAws: readonly string[];
  readonly onlyOurs: readonly string[];
}

/** What came of one policy. */
export interface PushedPolicyView {
  readonly name: string;
  readonly policyId?: string;
  /** `already`: AWS had it so when it was written. `unknown`: it could not be found out. */
  readonly outcome: 'created' | 'updated' | 'already' | 'notDone' | 'unknown';
  /** For people; says why and what to do when it was not done. */
  readonly summary: string;
  /** True when it was left alone because AWS has something else than was shown. */
  readonly conflict: boolean;
}

/** What came of a push. */
export interface PushResultView {
  readonly policies: readonly PushedPolicyView[];
  /** True when everything is as it was asked for. */
  readonly complete: boolean;
  /** `settled`: the sampled accounts have new effective policies. `notAttached`: no account is below the policies. */
  readonly effective: 'settled' | 'pending' | 'cancelled' | 'notAttached' | 'unknown';
  readonly reports: readonly PushReportView[];
  /** Ids for the model file. */
  readonly modelEdits: readonly { readonly range: ViewRange; readonly newText: string }[];
  /** Everything above as Markdown. */
  readonly report: string;
}

/** Requests of pushing, by method. */
export interface PushRequests {
  'backupPolicy/aws/preparePush': { readonly params: PreparePushParams; readonly result: PushPreparationView };
  /** A file that changed since makes it fail with "prepare again". */
  'backupPolicy/aws/executePush': { readonly params: { readonly ref: string }; readonly result: PushResultView };
  /** The text of one version of a policy in a preparation. */
  'backupPolicy/aws/pushVersion': { readonly params: { readonly ref: string; readonly policy: string; readonly version: PushVersion }; readonly result: string };
  /** Takes AWS's version of a policy for the last known one, since the file gets it; gives its text. */
  'backupPolicy/aws/takeRemote': { readonly params: { readonly ref: string; readonly policy: string }; readonly result: string };
}
