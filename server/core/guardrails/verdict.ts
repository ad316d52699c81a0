import type { Place } from '../advice/effectivePlaces.ts';

/** One requirement that a rule does not meet. */
export interface Breach {
  /** The key of the requirement, such as `retentionDays`. */
  readonly requirement: string;
  /** In words, such as "35 days or more". */
  readonly expected: string;
  /** In words, such as "7 days". */
  readonly actual: string;
  /** Keys from the document root of a policy to the setting that breaks it. */
  readonly path: readonly string[];
  /** The value that breaks it, or the rule that lacks it; undefined when no policy states it. */
  readonly place: Place | undefined;
  /** Who set it there, such as "nonprod at Root/Workloads/NonProd"; undefined where nobody set anything. */
  readonly origin: string | undefined;
  /** True for what the rule does not have at all: another rule that has it comes closer. */
  readonly isMissing?: boolean;
}

/**
 * Why an account does not meet a guardrail.
 * - `invalid`: AWS withholds the merged policy. Source: inheritance rule 38 [obs].
 * - `unreadable`: a policy that is attached cannot be read, or not to its end, so that the effective policy is not known.
 * - `unselected`: no plan selects the resources, or none has the demanded name.
 * - `someRule`: no rule meets all; this is the one that comes closest.
 * - `everyRule`: this rule does not meet all.
 */
export interface Failure {
  readonly type: 'invalid' | 'unreadable' | 'unselected' | 'someRule' | 'everyRule';
  /** Undefined when no plan or rule is to blame. */
  readonly plan: string | undefined;
  readonly rule: string | undefined;
  /** Not empty; the first one is what the failure is shown by. */
  readonly breaches: readonly [Breach, ...Breach[]];
}

/** Why a guardrail is not met, empty when it is. */
export type Verdict = readonly Failure[];

/** A failure in one sentence, without its end: names plan, rule, value and who set it. */
export function failureSentence({ type, plan, rule, breaches }: Failure): string {
  const details = breaches.map(breachText).join('; ');
  const of = rule === undefined ? '' : `the rule "${rule}" of the plan "${plan ?? ''}"`;
  switch (type) {
    case 'invalid':
      return `its effective policy is invalid, so AWS keeps an older one in force: ${details}`;
    case 'unreadable':
    case 'unselected':
      return details;
    case 'someRule':
      return `${of} comes closest: ${details}`;
    case 'everyRule':
      return `${of}: ${details}`;
  }
}

/** What is there, who set it, and what is asked for. */
export function breachText({ requirement, expected, actual, origin }: Breach): string {
  if (requirement === 'validEffectivePolicy' || requirement === 'readablePolicies') return actual;
  if (requirement === 'resources') return `${expected} is missing: there is ${actual}`;
  return `${actual}${origin === undefined ? '' : ` (${origin})`}, not ${expected}`;
}
