import factsFile from '../../../schemas/facts.json' with { type: 'json' };
import type { Resource } from './resource.ts';
import { isLike } from './wildcard.ts';

interface ResourceKind {
  /** The pattern behind `arn:<partition>:`. */
  readonly rest: string;
  readonly name: string;
}

const kinds: readonly ResourceKind[] = factsFile.resourceTypes.patterns.map(({ pattern, service }) => ({ rest: pattern.slice('arn:aws:'.length), name: service }));

/** By service, so that a large inventory is looked through once. */
const byService: ReadonlyMap<string, readonly ResourceKind[]> = new Map(kinds.map(({ rest }) => {
  const service = rest.slice(0, rest.indexOf(':'));
  return [service, kinds.filter((kind) => kind.rest.startsWith(`${service}:`))];
}));

/**
 * What a resource is, in the plural, such as "Amazon EBS volumes"; undefined when backup policies select no
 * resources of its kind. Source: syntax §5.4 [doc].
 */
export function kindOf({ arn, partition, service }: Resource): string | undefined {
  const rest = arn.slice(`arn:${partition}:`.length);
  return byService.get(service)?.find((kind) => isLike(kind.rest, rest))?.name;
}
