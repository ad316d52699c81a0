import type { ReachView } from '../../protocol.ts';

/** How many resources are backed up, in one sentence. */
export function reachSummary({ resources, unreached, several }: ReachView['counts']): string {
  if (resources === 0) return 'The inventory has no resources.';
  const covered = resources - unreached;
  const parts = [
    `${String(covered)} of ${String(resources)} ${resources === 1 ? 'resource' : 'resources'} ${covered === 1 || resources === 1 ? 'is' : 'are'} backed up`,
    ...(several === 0 ? [] : [`${String(several)} by several plans`]),
  ];
  return `${parts.join(', ')}; ${unreached === 0 ? 'none is left out' : `${String(unreached)} by nothing`}.`;
}
