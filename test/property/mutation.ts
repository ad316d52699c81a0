import type { Random } from './random.ts';

/** One way to spoil a text; the same random numbers give the same result. */
export interface Mutation {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  readonly apply: (text: string, random: Random) => string;
}
