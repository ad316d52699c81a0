/** What a command prints on standard output, and its exit status: 0 nothing to report, 1 findings, 3 AWS failed. */
export interface Outcome {
  readonly status: 0 | 1 | 3;
  readonly output: string;
  /** Sentences for standard error: on what the output does not rest. */
  readonly warnings?: readonly string[];
}
