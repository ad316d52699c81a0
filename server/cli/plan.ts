import { compareGrades, type Grade } from '../core/plan/grade.ts';
import { impactPlan } from '../features/impactPlan.ts';
import { loadBase } from './base.ts';
import { readTime, uriOf } from './input.ts';
import { loadOrganization } from './organization.ts';
import type { Outcome } from './outcome.ts';
import { planFormats, type PlanFormat } from './planFormats.ts';

/** From which grade on the command fails. */
export type PlanFailLevel = Extract<Grade, 'weaker' | 'lost' | 'frozen'> | 'never';

/** What the command line says; see the usage. */
export interface PlanOptions {
  readonly organization: string;
  readonly base: string;
  readonly format: PlanFormat;
  readonly at: string | undefined;
  readonly failOn: PlanFailLevel;
}

/**
 * `backup-policy plan`: what the working files mean for every account, compared with another version of them.
 * @throws InputError when one of the two cannot be read.
 */
export function plan({ organization, base, format, at: time, failOn }: PlanOptions): Outcome {
  const at = readTime(time);
  const now = loadOrganization(organization, at);
  const impact = impactPlan(loadBase(base, uriOf(organization), at), now.snapshot);
  const failed = failOn !== 'never' && impact.groups.some(({ grade }) => compareGrades(grade, failOn) >= 0);
  return { status: failed ? 1 : 0, output: planFormats[format](impact, base) };
}
