/** Which inlay hints a user wants; each is a setting of its name under `awsBackupPolicy.inlayHints`. */
export interface InlayHintSettings {
  /** What higher levels hand down, beside a statement that overrides, extends or narrows it. */
  readonly inheritedValues: boolean;
  /** Schedules in words. */
  readonly schedules: boolean;
  /** What is effective where a statement is blocked or overridden. */
  readonly effectiveValues: boolean;
  /** Days as weeks, months or years, minutes as hours or days. */
  readonly durations: boolean;
  /** Names of the accounts of the model beside their ids. */
  readonly accountNames: boolean;
}

/** What an editor shows that sets nothing. */
export const defaultInlayHints: InlayHintSettings = { inheritedValues: true, schedules: true, effectiveValues: false, durations: false, accountNames: false };

/** Reads `awsBackupPolicy.inlayHints`; what is missing or no boolean is as by default. */
export function readInlayHintSettings(settings: Readonly<Record<string, unknown>>): InlayHintSettings {
  const read = (name: keyof InlayHintSettings): boolean => {
    const value = settings[name];
    return typeof value === 'boolean' ? value : defaultInlayHints[name];
  };
  return { inheritedValues: read('inheritedValues'), schedules: read('schedules'), effectiveValues: read('effectiveValues'), durations: read('durations'), accountNames: read('accountNames') };
}
