/** Why something in AWS was not done, for the user. */

/** What a message about a failure can offer beside its next step. */
export type RemoteAction =
  | { readonly type: 'copy'; readonly title: string; readonly text: string }
  /** Types a command into a terminal; the user runs it. */
  | { readonly type: 'terminal'; readonly title: string; readonly command: string }
  /** Sends the request again, after the user has mended what was wrong. */
  | { readonly type: 'retry'; readonly title: string }
  | { readonly type: 'command'; readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };

/** Why something was not done, and what to do next; both are sentences for the user. */
export interface RemoteFailureView {
  readonly message: string;
  readonly nextStep: string;
  readonly actions: readonly RemoteAction[];
}
