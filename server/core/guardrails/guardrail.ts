import type { Span } from '../document/tree.ts';
import type { Severity } from '../rules.ts';

/** How bad it is that a guardrail is not met. */
export type GuardrailLevel = Exclude<Severity, 'hint'>;

/** An entry of `accounts` or `except`: an id, or a path of names in which `*` and `**` stand for any. */
export interface AccountPattern {
  readonly text: string;
  readonly span: Span;
}

/** The resources that a guardrail is about; with both, the resources of the type that have the tag. */
export interface GuardedResources {
  readonly tag: { readonly key: string; readonly value: string } | undefined;
  /** An ARN pattern as policies write it. */
  readonly type: string | undefined;
}

/** Whole days, both ends included. Kept for ever is longer than any number. */
export interface DayBounds {
  readonly atLeast: number | undefined;
  readonly atMost: number | undefined;
}

/** What one copy must be, all of it together. */
export interface CopyRequirements {
  readonly toAnotherRegion: boolean;
  readonly toAnotherAccount: boolean;
  /** Names or ARN patterns. */
  readonly toVaults: readonly string[] | undefined;
  readonly retentionDays: DayBounds | undefined;
}

/** What one rule must be, all of it together; what is undefined is not asked for. */
export interface RuleRequirements {
  /** Only rules of this plan count. */
  readonly plan: string | undefined;
  /** Only rules of this name count. */
  readonly rule: string | undefined;
  readonly retentionDays: DayBounds | undefined;
  /** The longest time between two backups, in hours. */
  readonly hoursAtMost: number | undefined;
  readonly regions: { readonly include: readonly string[]; readonly only: readonly string[] | undefined } | undefined;
  readonly vaults: readonly string[] | undefined;
  readonly copies: CopyRequirements | undefined;
  readonly copyRegions: readonly string[] | undefined;
  readonly continuousBackup: boolean | undefined;
}

/** One statement about the effective policies of accounts. */
export interface Guardrail {
  readonly name: string;
  readonly nameSpan: Span;
  /** The whole member, name included. */
  readonly span: Span;
  readonly description: string | undefined;
  readonly level: GuardrailLevel;
  readonly accounts: readonly AccountPattern[];
  readonly except: readonly AccountPattern[];
  /** Undefined when it is about all resources. */
  readonly resources: GuardedResources | undefined;
  readonly someRule: RuleRequirements | undefined;
  readonly everyRule: RuleRequirements | undefined;
}

/** What a guardrails file says, as far as it can be understood. */
export interface Guardrails {
  /** The path of the model file as written. */
  readonly organization: AccountPattern | undefined;
  /** By name, in the order of the file; of names that stand twice the first. */
  readonly guardrails: readonly Guardrail[];
}
