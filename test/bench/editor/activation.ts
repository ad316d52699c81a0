import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type * as Suites from '../../host/runSuite.mjs';
import type { Extent, Row } from '../rows.ts';
import { median } from '../statistics.ts';

const ours = 'Backup Policies for AWS Organizations';

/** Activation of the package in a real VS Code, as its list of running extensions tells it. Not in the short form: it starts an editor each time. */
export async function activation(root: string, vsix: string, { short }: Extent): Promise<readonly Row[]> {
  if (short) return [];
  const out = path.join(root, 'out/bench');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-editor-'));
  try {
    writeFileSync(path.join(folder, 'notes.txt'), 'Nothing that activates an extension.\n');
    const { runSuite } = await import(pathToFileURL(path.join(root, 'test/host/runSuite.mjs')).href) as typeof Suites;
    const activations: number[] = [];
    const problems: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      rmSync(path.join(out, 'activation.json'), { force: true });
      const alongside = async (page: Page): Promise<void> => {
        const time = await activationTime(page);
        writeFileSync(path.join(out, 'activation.json'), JSON.stringify(time));
        activations.push(time);
      };
      const { failed } = await runSuite({ vsix, folder, entry: path.join(out, 'extensionHost.js'), alongside });
      if (failed > 0 || activations.length <= turn) throw new Error('VS Code tells no time of activation.');
      problems.push(JSON.parse(readFileSync(path.join(out, 'problems.json'), 'utf8')) as number);
    }
    return [
      { id: 'activation', name: 'Activation in VS Code', unit: 'ms', ours: median(activations) },
      { id: 'activation.problems', name: 'From opening a policy in VS Code, which starts the server, to its problems', unit: 'ms', ours: median(problems) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds of "Activation: 12ms" in the list of running extensions. */
async function activationTime(page: Page): Promise<number> {
  const extension = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: ours });
  const text = await extension.locator('.activation-time').innerText({ timeout: 60_000 });
  const time = /(\d+)\s*ms/.exec(text)?.[1];
  if (time === undefined) throw new Error(`VS Code tells the activation as ${text}.`);
  return Number(time);
}
