import factsFile from '../../../schemas/facts.json' with { type: 'json' };
import type { OptInRequirement } from '../../core/readiness/requirement.ts';
import { listed } from '../listed.ts';

const names: ReadonlyMap<string, string> = new Map(factsFile.resourceTypes.patterns.map(({ pattern, service }) => [pattern.slice('arn:aws:'.length), service]));

/** What a plan backs up in words, such as "Amazon EBS volumes, Amazon S3 buckets". Source: syntax §5.4 [doc]. */
export function resourceTypeNames({ resourceTypes, isByTag }: Pick<OptInRequirement, 'resourceTypes' | 'isByTag'>): string {
  if (resourceTypes.includes('*')) return 'every resource type that is to be backed up';
  const byTag = isByTag ? ['every type that is selected by tags'] : [];
  return listed([...resourceTypes.map((pattern) => names.get(pattern.split(':').slice(2).join(':')) ?? pattern), ...byTag]);
}
