/** Why a comparison cannot be made, and what to do. */
export class DriftRefusal extends Error {
  override readonly name = 'DriftRefusal';
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.nextStep = nextStep;
  }
}
