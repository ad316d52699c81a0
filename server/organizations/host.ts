import type { Snapshot } from '../model/snapshot.ts';
import type { AwsSettings, ConnectionView, ImpactView, ModelChange, ModelChangePreview } from '../protocol.ts';
import type { Clock } from './clock.ts';

/** Another version of files; a file without a text is not there. */
export interface FileVersion {
  readonly uri: string;
  readonly text: string | null;
}

/** What the flows get from the language server or the command line: the files, the one engine that compares them, the user. */
export interface RemoteHost {
  readonly clock: Clock;
  /** As they are now: they can change between two requests. */
  settings(): AwsSettings;
  /** The files as edited, and as saved. */
  edited(): Snapshot;
  saved(): Snapshot;
  /** The saved files with other versions of some. */
  withFiles(files: readonly FileVersion[]): Snapshot;
  /** What accounts get in one version, compared with another. */
  impact(before: Snapshot, after: Snapshot): ImpactView;
  previewModelChange(snapshot: Snapshot, change: ModelChange): ModelChangePreview;
  /** Asks for the code of an MFA device that a profile needs; undefined when the user gives none. */
  mfaCode(serial: string, profile: string | undefined): Promise<string | undefined>;
  /** Asks before the first change of a session whether this is the organization and the caller that the user means. Absent where every change is confirmed with both anyway. */
  confirmConnection?(view: ConnectionView): Promise<boolean>;
  /** Tells which organization it is and who calls, as often as AWS was asked. */
  connected?(view: ConnectionView): void;
  /** Never with a credential. */
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

/** One request of the user: can be cancelled, and tells how far it is. */
export interface Call {
  readonly signal: AbortSignal;
  /** @param percent 0 to 100. */
  report(message: string, percent?: number): void;
}
