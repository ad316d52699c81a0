import { commonStart } from '../../core/advice/overlapAdvice.ts';
import type { EffectiveContainer } from '../../core/merge/effective.ts';
import type { ReachOverlapView } from '../../protocol.ts';
import type { JudgedResource } from './judgedResources.ts';

/**
 * Pairs of plans that reach the same resources, with whether their rules start at the same time: then AWS Backup
 * keeps only one of the two backups. Source: common-mistakes D6 [doc].
 * @param at epoch milliseconds UTC.
 */
export function overlapsOf(resources: readonly JudgedResource[], at: number): readonly ReachOverlapView[] {
  const overlaps = new Map<string, { readonly plans: readonly [string, string]; readonly message: string; resources: number }>();
  const messages = new Map<EffectiveContainer, Map<EffectiveContainer, string>>();
  for (const { reachedBy } of resources) {
    for (const [index, later] of reachedBy.entries()) {
      for (const earlier of reachedBy.slice(0, index)) {
        const known = messages.get(earlier) ?? new Map<EffectiveContainer, string>();
        messages.set(earlier, known);
        const message = known.get(later) ?? messageOf(earlier, later, at);
        known.set(later, message);
        const key = JSON.stringify([earlier.name, later.name, message]);
        const overlap = overlaps.get(key) ?? { plans: [earlier.name, later.name], message, resources: 0 };
        overlap.resources += 1;
        overlaps.set(key, overlap);
      }
    }
  }
  return [...overlaps.values()];
}

function messageOf(earlier: EffectiveContainer, later: EffectiveContainer, at: number): string {
  const common = commonStart(earlier, later, at);
  if (common === undefined) return 'Their coming runs start at different times: each plan makes backups of its own.';
  const time = new Date(common.time).toISOString().slice(0, 16).replace('T', ' at ');
  return `The rules "${common.earlier.name}" and "${common.later.name}" start at the same time, for example on ${time} UTC: AWS Backup keeps only one of two backups that overlap. Select the resources in one plan, or set another time.`;
}
