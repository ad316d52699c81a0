/**
 * What client and server say to each other beyond LSP. The only file of the server that the client imports, with
 * its parts in protocol/: names and plain data, no code of either side.
 */

import type { CascadeView, SettingPathView, WhyNotSetView } from './protocol/cascade.ts';
import type { ConnectionView } from './protocol/connection.ts';
import type { CoverageFormat, OrganizationCoverageView } from './protocol/coverage.ts';
import type { EffectivePolicyView } from './protocol/effectivePolicy.ts';
import type { AccountHealth, EntityView, TargetRef, ViewLocation, ViewPosition, ViewRange } from './protocol/entity.ts';
import type { ImpactGroupView, ImpactView } from './protocol/impact.ts';
import type { OrganizationReadinessView, ReadinessFormat, ReadinessPlace, ReadinessTextView } from './protocol/readiness.ts';
import type { RefactoringOffer, RefactoringRef, RefactoringView } from './protocol/refactoring.ts';
import type { ReachParams, ReachView } from './protocol/reach.ts';
import type { AwsSettings } from './protocol/awsSettings.ts';
import type { RemoteProgress, RemoteWireRequests } from './protocol/remote.ts';
import type { TimelineDays, TimelineView } from './protocol/timeline.ts';

export type * from './protocol/attachment.ts';
export type * from './protocol/cascade.ts';
export type * from './protocol/connection.ts';
export type * from './protocol/coverage.ts';
export type * from './protocol/drift.ts';
export type * from './protocol/effectivePolicy.ts';
export type * from './protocol/entity.ts';
export type * from './protocol/impact.ts';
export type * from './protocol/push.ts';
export type * from './protocol/jobs.ts';
export type * from './protocol/readiness.ts';
export type * from './protocol/import.ts';
export * from './protocol/refactoring.ts';
export type * from './protocol/reach.ts';
export type * from './protocol/awsSettings.ts';
export * from './protocol/remote.ts';
export type * from './protocol/remoteFailure.ts';
export * from './protocol/timeline.ts';
export type * from './protocol/setUp.ts';
export type * from './protocol/writes.ts';

export interface OrganizationView {
  readonly uri: string;
  /** The root's name, or the file's name when there is no root. */
  readonly name: string;
  readonly root: EntityView | null;
}

/** Which part of the organizations a view shows. */
export type OrganizationFilter =
  | { readonly type: 'health'; readonly health: readonly AccountHealth[] }
  /** Accounts that do not meet a guardrail. */
  | { readonly type: 'guardrails' }
  /** A part of a name or an id; with a slash also of a path. Letter case does not count. */
  | { readonly type: 'text'; readonly text: string };

/** What a filter leaves. */
export interface FilteredOrganizations {
  /** The keys of the targets to show, with those on the way to them. */
  readonly organizations: readonly { readonly uri: string; readonly keys: readonly string[] }[];
  /** Accounts that are shown, of all accounts. */
  readonly matching: number;
  readonly accounts: number;
}

/** A change of a model file: of what is attached where, or of where an OU or account is. */
export type ModelChange =
  | { readonly type: 'attach'; readonly organization: string; readonly policy: string; readonly targets: readonly string[]; readonly index?: number }
  | { readonly type: 'detach'; readonly organization: string; readonly policy: string; readonly targets: readonly string[] }
  | { readonly type: 'reorder'; readonly organization: string; readonly policy: string; readonly target: string; readonly index: number }
  | { readonly type: 'move'; readonly organization: string; readonly policy: string; readonly from: string; readonly to: string; readonly index?: number }
  | { readonly type: 'moveEntity'; readonly organization: string; readonly target: string; readonly to: string };

/** What a change of a model file would do, before it is made. */
export interface ModelChangePreview {
  /** Edits of the model file, empty when nothing changes. */
  readonly edits: readonly { readonly range: ViewRange; readonly newText: string }[];
  /** Accounts at or below the targets. */
  readonly accountsReached: number;
  /** Accounts whose effective policy changes. */
  readonly accountsChanged: number;
  /** Paths of accounts whose effective policy becomes invalid: AWS would keep their last valid one. */
  readonly becomeInvalid: readonly string[];
  readonly becomeValid: readonly string[];
  /** What it means for the accounts, the worst first; targets are as they are named before the change. */
  readonly impact: readonly ImpactGroupView[];
  /** Paths of the targets whose attachments change, for a move the old one first; of an OU or account that moves the old and the new path. */
  readonly changedTargets: readonly string[];
  /** Paths of targets that already have (attach) or lack (detach) the policy. */
  readonly unchangedTargets: readonly string[];
  /** Set where the model knows the ids of all targets, so that the same could be done in AWS. */
  readonly identified?: true;
  /** Why the change cannot be made; nothing else counts then. */
  readonly refusal?: string;
}

/** A name under which a model knows a policy file, or the name it would get. */
export interface PolicyNameView {
  readonly organization: string;
  readonly policy: string;
  /** False when the model does not define it yet: attaching adds the definition. */
  readonly defined: boolean;
  /** Paths and keys of the targets that it is attached to. */
  readonly attachedTo: readonly { readonly key: string; readonly path: string }[];
}

export interface PolicyTemplateView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

/** Which target hover, lens and panel speak of for a document, and why. */
export interface DocumentTargetView {
  readonly target: EntityView | null;
  /** `attached`: the one place of attachment; `chosen`: the user's choice; `root`: neither. */
  readonly reason: 'attached' | 'chosen' | 'root' | 'none';
}

/** With what the edited files are compared. */
export type ImpactComparison =
  /** The files as they are saved. */
  | { readonly type: 'unsaved' }
  /** A change of a model that is not made yet, with the files as they are edited. */
  | { readonly type: 'change'; readonly change: ModelChange }
  /** Another version of files, the others as they are saved. A file without a text was not there. */
  | { readonly type: 'files'; readonly files: readonly { readonly uri: string; readonly text: string | null }[] };

/** Accounts that do not meet a guardrail for the same reason. */
export interface FailingAccountsView {
  /** The first of them; `count` counts all. */
  readonly accounts: readonly { readonly target: TargetRef; readonly name: string; readonly path: string; readonly location: ViewLocation }[];
  readonly count: number;
  /** One sentence that names plan, rule, value and who set it. */
  readonly reason: string;
  /** What is asked for, and what is there instead, in a few words. */
  readonly expected: string;
  readonly actual: string;
  /** The statement that breaks the guardrail; undefined when no policy has one. */
  readonly location?: ViewLocation;
}

export interface GuardrailView {
  readonly name: string;
  readonly description?: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly location: ViewLocation;
  /** Accounts that it is about, and those of them that do not meet it. */
  readonly accounts: number;
  readonly failing: number;
  readonly groups: readonly FailingAccountsView[];
}

/** A guardrails file with its results on the edited texts. */
export interface GuardrailFileView {
  readonly uri: string;
  readonly guardrails: readonly GuardrailView[];
  /** Why some or all of it is not checked. */
  readonly problems: readonly { readonly message: string; readonly location: ViewLocation }[];
}

/** Requests of the client, by method. */
export interface Requests {
  /** All model files of the workspace. */
  'backupPolicy/organizations': { readonly params: null; readonly result: readonly OrganizationView[] };
  /** URIs of the files that are taken as policies and as models. */
  'backupPolicy/files': { readonly params: null; readonly result: { readonly policies: readonly string[]; readonly organizations: readonly string[] } };
  'backupPolicy/children': { readonly params: TargetRef; readonly result: readonly EntityView[] };
  'backupPolicy/filter': { readonly params: OrganizationFilter; readonly result: FilteredOrganizations };
  /** Every entity of all model files, parents first: for pickers. */
  'backupPolicy/entities': { readonly params: null; readonly result: readonly EntityView[] };
  'backupPolicy/entity': { readonly params: TargetRef; readonly result: EntityView | null };
  'backupPolicy/documentTarget': { readonly params: { readonly uri: string }; readonly result: DocumentTargetView };
  'backupPolicy/effectivePolicy': { readonly params: TargetRef; readonly result: EffectivePolicyView | null };
  'backupPolicy/cascade': { readonly params: TargetRef; readonly result: CascadeView | null };
  /** Why a target has no value at a path of keys in any letter case; null when there is no such target. */
  'backupPolicy/whyNotSet': { readonly params: { readonly target: TargetRef; readonly path: readonly string[] }; readonly result: WhyNotSetView | null };
  /** For pickers: what the path to a target speaks of, and what AWS knows beside it. */
  'backupPolicy/settingPaths': { readonly params: TargetRef; readonly result: readonly SettingPathView[] };
  /** The setting or group of a policy file at a position; null outside of any. */
  'backupPolicy/settingAt': { readonly params: { readonly uri: string; readonly position: ViewPosition }; readonly result: readonly string[] | null };
  /** The effective policy as formatted JSON text. */
  'backupPolicy/effectiveText': { readonly params: TargetRef; readonly result: string | null };
  'backupPolicy/previewModelChange': { readonly params: ModelChange; readonly result: ModelChangePreview };
  /** For attach: the names of a policy file in the nearest model, or of all policies of one model. */
  'backupPolicy/policyNames': { readonly params: { readonly uri: string } | { readonly organization: string }; readonly result: readonly PolicyNameView[] };
  /** Which plans reach which accounts, of every model. */
  'backupPolicy/coverage': { readonly params: null; readonly result: readonly OrganizationCoverageView[] };
  /** The same as the text of a file. */
  'backupPolicy/coverageText': { readonly params: { readonly format: CoverageFormat }; readonly result: string };
  /** What has to exist in the accounts of every model. */
  'backupPolicy/readiness': { readonly params: null; readonly result: readonly OrganizationReadinessView[] };
  /** The same as the text of a file, of all models or of one place. A template is of one model, the first without a place. */
  'backupPolicy/readinessText': { readonly params: { readonly format: ReadinessFormat; readonly place?: ReadinessPlace }; readonly result: ReadinessTextView };
  /** Another version of the files compared with the edited ones. */
  'backupPolicy/impact': { readonly params: ImpactComparison; readonly result: ImpactView };
  /** The coming days of a target's effective policy; null when there is no such target. */
  'backupPolicy/timeline': { readonly params: { readonly target: TargetRef; readonly days: TimelineDays }; readonly result: TimelineView | null };
  /** Which resources the plans of a target reach; null when there is no such target. Files outside of the workspace's folders are refused. */
  'backupPolicy/reach': { readonly params: ReachParams; readonly result: ReachView | null };
  /** All guardrails files of the workspace, checked now. */
  'backupPolicy/guardrails': { readonly params: null; readonly result: readonly GuardrailFileView[] };
  /** What can be made of a policy, or of the policy that a model defines, at a range. */
  'backupPolicy/refactorings': { readonly params: { readonly uri: string; readonly range: ViewRange }; readonly result: readonly RefactoringOffer[] };
  /** Null when it is not possible any more. */
  'backupPolicy/refactoring': { readonly params: RefactoringRef; readonly result: RefactoringView | null };
  'backupPolicy/templates': { readonly params: null; readonly result: readonly PolicyTemplateView[] };
}

/** The requests that concern an organization in AWS, as they are on the wire; see protocol/remote.ts. */
export type RemoteWire = RemoteWireRequests;

/** Notifications of the client, by method. */
export interface ClientNotifications {
  /** The target that the user chose; null forgets it. Sent at the start and on every choice. */
  'backupPolicy/chooseTarget': TargetRef | null;
  /** How AWS may be reached. Sent at the start and on every change. */
  'backupPolicy/awsSettings': AwsSettings;
}

/** Notifications of the server, by method. */
export interface ServerNotifications {
  /** Policies, models, guardrails or problems changed: views ask again. */
  'backupPolicy/changed': { readonly policyFiles: readonly string[]; readonly organizations: readonly string[]; readonly guardrails: readonly string[] };
  'backupPolicy/aws/progress': RemoteProgress;
  /** Which organization is reached and by whom, as often as AWS was asked for it. */
  'backupPolicy/aws/connected': ConnectionView;
}

/** Requests of the server to whoever works with an organization in AWS. */
export interface UserRequests {
  /**
   * The code of an MFA device that a profile needs; null when the user gives none. It is sealed with the key (RSA-OAEP
   * with SHA-256, base64), so that a trace of the messages does not show it.
   */
  'backupPolicy/aws/mfaCode': { readonly params: { readonly serial: string; readonly profile: string | null; readonly publicKey: JsonWebKey }; readonly result: string | null };
  /** Whether this is the organization and the caller that the user means; asked before the first change of a session. */
  'backupPolicy/aws/confirmConnection': { readonly params: ConnectionView; readonly result: boolean };
}

/** Requests of a server without a file system of its own (in a browser). */
export interface HostRequests {
  'backupPolicy/readFile': { readonly params: { readonly uri: string }; readonly result: string | null };
  'backupPolicy/findFiles': { readonly params: { readonly include: string }; readonly result: readonly string[] };
}

/** What VS Code's extension says when it starts the server, beside LSP; other editors leave it out. */
export interface InitializationOptions {
  /** The editor has the commands `awsBackupPolicy.*` and wants the notifications of `ServerNotifications`. */
  readonly commands: true;
}

/** Commands that code lenses of the server carry and the client (or another editor) implements. */
export const lensCommands = {
  /** Arguments: TargetRef. */
  showEffectivePolicy: 'awsBackupPolicy.showEffectivePolicy',
  /** Arguments: document URI. */
  chooseTarget: 'awsBackupPolicy.chooseTarget',
  /** Arguments: document URI. */
  attachPolicy: 'awsBackupPolicy.attachPolicy',
  /** Arguments: document URI; opens the list of places with detach and reveal. */
  showAttachments: 'awsBackupPolicy.showAttachments',
  /** Arguments: document URI, LSP position, LSP locations; opens the locations in a peek at the position. */
  showStatements: 'awsBackupPolicy.showStatements',
} as const;
