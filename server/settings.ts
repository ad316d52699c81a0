import { readRuleLevels } from './features/diagnostics.ts';
import { localTimeZone } from './features/hover/localTime.ts';
import { readInlayHintSettings } from './features/inlayHints/inlayHintSettings.ts';
import type { ServerState } from './serverState.ts';

/** The section of an editor's settings that is ours. */
export const settingsSection = 'awsBackupPolicy';

/** Takes over the user's settings, the content of the section; what is missing or of another shape has its default. */
export async function takeSettings(state: ServerState, section: unknown): Promise<void> {
  const settings = record(section);
  state.levels = readRuleLevels(record(settings['rules']));
  state.codeLens = record(settings['codeLens'])['enabled'] !== false;
  state.inlayHints = readInlayHintSettings(record(settings['inlayHints']));
  state.timeZone = localTimeZone(settings['timeZone']);
  const globs = settings['files'];
  await state.workspace.setPolicyGlobs(Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : []);
}

/** The section of the settings that an editor sends along with `workspace/didChangeConfiguration`. */
export function pushedSettings(settings: unknown): unknown {
  return record(settings)[settingsSection];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
