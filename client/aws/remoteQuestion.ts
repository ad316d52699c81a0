/** What is asked before something is changed in AWS. */
export interface RemoteQuestion {
  readonly title: string;
  readonly detail: string;
  /** The verb and the numbers on the button. */
  readonly action: string;
}
