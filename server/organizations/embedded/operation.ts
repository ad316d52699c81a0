import type { WireObject } from '../caller.ts';
import type { PagingOptions } from './paging.ts';
import type { EmbeddedState } from './state.ts';

/** What an operation of an embedded organization works with. */
export interface Context extends PagingOptions {
  readonly state: EmbeddedState;
  /** Epoch milliseconds UTC. */
  readonly now: number;
  /** Milliseconds until a change has reached the accounts, worked out anew for each change. */
  readonly delay: () => number;
  /** The Region that is asked; only AWS Backup is regional. */
  readonly region: string;
  /** The account that calls. */
  readonly callerId: string;
  /** Refuses changes while an earlier one is on its way to the accounts. */
  readonly refuseWhilePropagating: boolean;
}

/** An operation: throws `AwsError` before it changes anything. */
export type Run = (context: Context, input: WireObject) => WireObject;
