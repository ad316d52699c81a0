import type { Level } from '../core/merge/trace.ts';

/** A policy at the level where it is attached, in the few words that a lens or an inlay hint has room for: "Root/baseline". */
export function sourceName(level: Level, policy: string): string {
  return `${level.name}/${policy}`;
}
