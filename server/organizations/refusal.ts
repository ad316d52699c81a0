import type { RemoteAction } from '../protocol.ts';

/** Something that is not done for a reason of ours: no request was refused. `message` says what, `nextStep` what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly nextStep: string;
  readonly actions: readonly RemoteAction[];

  constructor(message: string, nextStep: string, actions: readonly RemoteAction[] = []) {
    super(message);
    this.nextStep = nextStep;
    this.actions = actions;
  }
}
