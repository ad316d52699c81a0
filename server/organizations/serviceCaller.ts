import type { Caller } from './caller.ts';
import type { ServiceOperation } from './serviceOperations.ts';

/** Something that answers as these services do in each Region, in the shapes of their protocols; times of inputs are `Date`s. */
export interface ServiceCallers {
  /** The Region of the profile. */
  readonly region: string;
  in(region: string): Caller<ServiceOperation>;
  close(): void;
}
