import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { impactView } from '../features/impactView.ts';
import { previewModelChange } from '../features/modelChange.ts';
import { applyChanges, type Snapshot } from '../model/snapshot.ts';
import { systemClock } from '../organizations/clock.ts';
import type { RemoteHost } from '../organizations/host.ts';
import type { AwsSettings, RemoteMode } from '../protocol.ts';
import type { AwsArguments } from './awsArguments.ts';

/**
 * What flows get from the command line. Who starts a command with credentials trusts the folder that it works in.
 * @param files the files of the model, as they are on disk.
 */
export function commandHost(files: Snapshot, { profile, endpoint, embedded }: AwsArguments, mode: RemoteMode): RemoteHost {
  const settings: AwsSettings = {
    trusted: true,
    mode,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(embedded === undefined ? {} : { embedded: path.resolve(embedded) }),
    storage: stateFolder(),
  };
  return {
    clock: systemClock,
    settings: () => settings,
    edited: () => files,
    saved: () => files,
    withFiles: (versions) => applyChanges(files, files.at, versions.map(({ uri, text }) => (text === null ? { type: 'gone', uri } : { type: files.organizations.has(uri) ? 'organization' : 'policy', uri, text }))),
    impact: impactView,
    previewModelChange,
    mfaCode: askForCode,
    log: () => undefined,
  };
}

/** The folder that keeps the journal and what was last known of AWS, by the conventions of the system. */
function stateFolder(): string {
  const { env, platform } = process;
  const base = env['XDG_STATE_HOME'] ?? (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ?? path.join(os.homedir(), ...(platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'state']));
  return path.join(base, 'backup-policy');
}

/** Cancels with the first interrupt; the second one ends the process as always. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  return controller.signal;
}

/** Whether somebody is there to answer. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on the terminal; standard output stays for results. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}

async function askForCode(serial: string): Promise<string | undefined> {
  const code = isTerminal() ? await ask(`Code of the MFA device ${serial}: `) : '';
  return code === '' ? undefined : code;
}
