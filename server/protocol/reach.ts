/** Which resources of an inventory the plans of a target reach, and why not the others. */

import type { EntityView, TargetRef, ViewLocation } from './entity.ts';

/** Resources to test selections with: a text, or a file of the workspace that holds it. */
export type InventorySource = { readonly text: string } | { readonly uri: string };

/** What is asked of a target. */
export interface ReachParams {
  readonly target: TargetRef;
  readonly inventory: InventorySource;
  /** Lists only resources that have these words, in any letter case, in their ARN, tags, plans or account. */
  readonly filter?: string;
}

/** How often a resource is backed up: `unreached` by no plan, `once` by one, `several` by more than one. */
export type ReachGroup = 'unreached' | 'once' | 'several';

/** A requirement of a plan or selection with what became of it for one resource. */
export interface ReachFindingView {
  /** `unknown`: a template fills in the value, or AWS does not document its form. */
  readonly verdict: 'met' | 'unmet' | 'unknown';
  /** Part of a sentence about the resource: `tag "tier" is "silver", not "gold"`. */
  readonly message: string;
  /** Keys joined by slashes; empty for what no policy states. */
  readonly path: string;
  readonly location?: ViewLocation;
}

/** What a selection says to one resource. */
export interface ReachSelectionView {
  readonly name: string;
  readonly kind: 'tags' | 'resources';
  readonly reached: boolean;
  readonly findings: readonly ReachFindingView[];
}

/** A rule that backs resources up. */
export interface ReachRuleView {
  readonly name: string;
  /** In words, times in UTC. */
  readonly schedule: string;
  /** `kept 35 days`, `kept for ever`, with cold storage and continuous backup. */
  readonly retention: string;
  readonly vault?: string;
  /** `copied to central-vault in eu-west-1 of account 222233334444, kept 365 days`. */
  readonly copies: readonly string[];
  readonly location?: ViewLocation;
}

/** A plan of one effective policy; resources name it by its index in `ReachView.plans`. */
export interface ReachPlanView {
  readonly name: string;
  readonly regions: readonly string[];
  readonly rules: readonly ReachRuleView[];
  readonly location?: ViewLocation;
}

/** A resource with the answer of every plan. */
export interface ReachedResourceView {
  readonly arn: string;
  /** What it is, in the plural: `Amazon EBS volumes`; undefined when backup policies select no such resources. */
  readonly kind?: string;
  /** Why no plan can reach it, whatever it selects; a sentence. */
  readonly impossible?: string;
  readonly region?: string;
  /** Path of the account whose effective policy was asked; of an OU where the account is not known. */
  readonly policyOf: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly group: ReachGroup;
  /** The line of the inventory, 1 = first. */
  readonly line: number;
  /** What to know before trusting the answer, in sentences. */
  readonly notes: readonly string[];
  /** Every plan of the effective policy, those that reach it first, then those that are nearest to it; none for a resource that no plan can reach. */
  readonly plans: readonly {
    readonly plan: number;
    readonly reached: boolean;
    readonly findings: readonly ReachFindingView[];
    readonly selections: readonly ReachSelectionView[];
  }[];
}

/** Plans that reach the same resources. */
export interface ReachOverlapView {
  readonly plans: readonly [string, string];
  readonly resources: number;
  /** One sentence: whether rules of both start at the same time, and what AWS Backup does then. */
  readonly message: string;
}

/** Which resources of an inventory the plans of a target reach, and why not the others. */
export interface ReachView {
  readonly target: EntityView;
  /** Why the inventory cannot be read at all; everything else is empty then. */
  readonly refusal?: string;
  /** How many resources are backed up, in one sentence. */
  readonly summary: string;
  /** Lines of an inventory that fit the plans of the target, to begin with. */
  readonly example: string;
  readonly counts: { readonly resources: number; readonly unreached: number; readonly once: number; readonly several: number };
  /** What AWS withholds, in sentences. */
  readonly warnings: readonly string[];
  /** Those that the filter leaves, reached by nothing first; the first ones of many. */
  readonly resources: readonly ReachedResourceView[];
  /** How many resources the filter leaves, by group. */
  readonly matching: { readonly unreached: number; readonly once: number; readonly several: number };
  readonly plans: readonly ReachPlanView[];
  readonly overlaps: readonly ReachOverlapView[];
  /** Lines that cannot be read; the first ones of many. */
  readonly problems: readonly { readonly line: number; readonly message: string; readonly location?: ViewLocation }[];
  readonly problemCount: number;
}
