/** Import of an organization from AWS into a model file and policy files. */

import type { ViewRange } from './entity.ts';

/** Whether a model shows AWS's ids, others in their place, or none; account ids in texts are replaced unless they are kept. */
export type ImportIds = 'keep' | 'redact' | 'leaveOut';

/** An import that was interrupted, or not applied. Times are epoch milliseconds UTC. */
export interface UnfinishedImport {
  readonly readAt: number;
  readonly accounts: number;
  readonly policies: number;
}

/** What an import finds before it begins. */
export interface ImportStart {
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly unfinished?: UnfinishedImport;
  /** How the model that is there shows ids; absent for a new one. */
  readonly ids?: ImportIds;
}

export interface ImportParams {
  /** URI of the model file, which need not exist. */
  readonly model: string;
  readonly ids: ImportIds;
  /** Goes on with what was read before. */
  readonly resume: boolean;
  /** Paths, relative to the model's folder, of the files in its folder `policies`: they are not overwritten. */
  readonly existing: readonly string[];
}

/** A file that an import makes, or changes by edits of the text `before`. */
export type ImportFile =
  | { readonly type: 'create'; readonly uri: string; readonly text: string }
  | { readonly type: 'edit'; readonly uri: string; readonly before: string; readonly edits: readonly { readonly range: ViewRange; readonly newText: string }[] };

/** A kind of target, in AWS's words. */
export type ImportedKind = 'root' | 'organizationalUnit' | 'account';

/** One change that an import makes in the model or in a policy file. Paths are those of AWS, of what is removed those of the model. */
export type ImportChange =
  | (EntityChange & { readonly type: 'added' })
  | (EntityChange & { readonly type: 'removed' })
  | (EntityChange & { readonly type: 'renamed'; readonly from: string })
  | (EntityChange & { readonly type: 'moved'; readonly from: string })
  | { readonly type: 'idChanged'; readonly path: string }
  | (PolicyFileChange & { readonly type: 'policyAdded' })
  | (PolicyFileChange & { readonly type: 'policyRemoved' })
  | (PolicyFileChange & { readonly type: 'contentChanged' })
  /** The model names it, and it was not there. */
  | (PolicyFileChange & { readonly type: 'fileMissing' })
  | (PolicyFileChange & { readonly type: 'descriptionChanged' })
  | { readonly type: 'policyRenamed'; readonly policy: string; readonly from: string }
  | { readonly type: 'attached'; readonly policy: string; readonly path: string }
  | { readonly type: 'detached'; readonly policy: string; readonly path: string };

interface EntityChange {
  readonly kind: ImportedKind;
  readonly path: string;
}

interface PolicyFileChange {
  readonly policy: string;
  readonly file: string;
}

/**
 * A policy file that says something else than AWS and is left as it is.
 * - `both`: edited here, and changed in AWS since the last import.
 * - `unknown`: no import has seen it, so which side changed is not known.
 * - `notJson`: it has template tokens or is half typed, so that it cannot be compared.
 * - `outside`: the model names a file that is outside its folder.
 */
export interface ImportConflict {
  readonly reason: 'both' | 'unknown' | 'notJson' | 'outside';
  readonly policy: string;
  readonly file: string;
  /** Absent where it is outside. */
  readonly uri?: string;
  /** AWS's content. */
  readonly remote: string;
  /** AWS's content at the last import. */
  readonly base?: string;
}

/** Newly read attachments of a target whose order AWS does not tell. */
export interface ImportedOrder {
  readonly path: string;
  /** As they stand in the model now. */
  readonly policies: readonly string[];
  /** Settings that another order changes, as `plans/daily/regions`; absent where there are too many orders to try. */
  readonly settings?: readonly string[];
}

/** What an import is to do, before it is done. */
export interface ImportView {
  readonly organizationId: string;
  /** When reading AWS began: before the request where an unfinished import was gone on with. Epoch milliseconds UTC. */
  readonly readAt: number;
  /** What AWS has. */
  readonly accounts: number;
  readonly units: number;
  readonly policies: number;
  readonly files: readonly ImportFile[];
  readonly changes: readonly ImportChange[];
  readonly conflicts: readonly ImportConflict[];
  readonly orders: readonly ImportedOrder[];
  /** What was changed, in a few lines. */
  readonly summary: readonly string[];
  /** The whole report as Markdown. */
  readonly report: string;
}

export interface ImportRequests {
  'backupPolicy/aws/importStart': { readonly params: { readonly model: string }; readonly result: ImportStart };
  /** Reads everything; changes nothing. */
  'backupPolicy/aws/import': { readonly params: ImportParams; readonly result: ImportView };
  /** The files were changed as the last import said: the next one compares with it. */
  'backupPolicy/aws/importApplied': { readonly params: { readonly organizationId: string; readonly model: string }; readonly result: null };
}
