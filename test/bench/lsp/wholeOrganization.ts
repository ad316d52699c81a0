import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { longRootPolicy, modelUri, organizationOf, rootPolicy } from '../organization.ts';
import type { Extent, Row } from '../rows.ts';
import { median, percentile } from '../statistics.ts';
import { LanguageServer } from './languageServer.ts';
import { PolicyDocument } from './policyDocument.ts';
import { jsonIn, oursIn } from './servers.ts';

const accounts = 10_000;
const generated = path.posix.dirname(modelUri);
/** Milliseconds between two keystrokes of a fast typist. */
const pause = 100;

/** What an editor with everything in view asks for after a keystroke. */
const asked = ['textDocument/codeLens', 'textDocument/semanticTokens/full', 'textDocument/documentSymbol', 'textDocument/foldingRange', 'textDocument/documentLink', 'backupPolicy/organizations', 'backupPolicy/documentTarget'];

/** Our server with an organization as its workspace, against the JSON server with one policy. */
export async function wholeOrganization(root: string, extent: Extent): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    return [...await inFolder(root, folder, extent)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inFolder(root: string, folder: string, { short }: Extent): Promise<readonly Row[]> {
  const uri = pathToFileURL(folder).href;
  const texts = new Map(organizationOf(accounts).map(({ uri: file, text }) => [file.replace(generated, uri), text]));
  for (const [file, text] of texts) {
    mkdirSync(path.dirname(new URL(file).pathname), { recursive: true });
    writeFileSync(new URL(file), text);
  }
  const ours = await LanguageServer.start(root, oursIn(root), { folder: uri, watched: true });
  const json = await LanguageServer.start(root, jsonIn(root, 'push'), { watched: true });
  const rows: Row[] = [];
  for (const [characters, name] of [[1_000, rootPolicy], [10_000, longRootPolicy]] as const) {
    const file = name.replace(generated, uri);
    const text = texts.get(file);
    if (text === undefined) throw new Error(`There is no ${file}.`);
    rows.push(...await typed(characters, new PolicyDocument(ours, file, text), ours, new PolicyDocument(json, `file:///bench/${String(characters)}.backup-policy.json`, text), short ? 10 : 40));
  }
  const [memory, other] = [await ours.watch('memory'), await json.watch('memory')];
  await Promise.all([ours.stop(), json.stop()]);
  const against = (id: 'rss' | 'heapUsed', name: string): Row => ({ id: `memory.${id}`, name: `Memory with 10,000 accounts: ${name}`, unit: 'MB', ours: memory[id] / 1_000_000, other: { value: other[id] / 1_000_000, name: 'vscode-json-language-server with one file' } });
  return [...rows, against('rss', 'resident'), against('heapUsed', 'heap in use')];
}

async function typed(characters: number, document: PolicyDocument, server: LanguageServer, other: PolicyDocument, turns: number): Promise<readonly Row[]> {
  await other.open();
  await document.open();
  const times = { ours: [] as number[], other: [] as number[], hover: [] as number[], completion: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    times.ours.push(await document.keystroke());
    if (turn < turns / 2) times.other.push(await other.keystroke());
    times.hover.push(await document.ask('textDocument/hover', 'delete_after_days', (answer) => answer.includes('Effective')));
    times.completion.push(await document.ask('textDocument/completion', 'start_backup_window_minutes', (answer) => answer.includes('complete_backup_window_minutes')));
  }
  const where = `policy of ${characters.toLocaleString('en')} characters at the root of 10,000 accounts`;
  const id = String(characters);
  const json = (value: number): Pick<Row, 'other'> => ({ other: { value, name: 'vscode-json-language-server' } });
  return [
    { id: `root.${id}.p50`, name: `Keystroke to problems, ${where}, p50`, unit: 'ms', ours: median(times.ours), ...json(median(times.other)) },
    { id: `root.${id}.p95`, name: `Keystroke to problems, ${where}, p95`, unit: 'ms', ours: percentile(times.ours, 0.95), ...json(percentile(times.other, 0.95)) },
    { id: `root.${id}.hover`, name: `Hover with the effective value, ${where}`, unit: 'ms', ours: median(times.hover) },
    { id: `root.${id}.completion`, name: `Completion, ${where}`, unit: 'ms', ours: median(times.completion) },
    await block(`block.${id}`, `Longest block while typing, ${where}`, server, document, turns, []),
    await block(`block.${id}.asked`, `… and asking for all that is in view, ${where}`, server, document, turns, asked),
  ];
}

/** The longest time in which the server looks at no message, while keystrokes come in at the speed of a fast typist. */
async function block(id: string, name: string, server: LanguageServer, document: PolicyDocument, turns: number, methods: readonly string[]): Promise<Row> {
  await server.watch('watch');
  const answers: Promise<unknown>[] = [];
  for (let turn = 0; turn < turns; turn++) {
    await document.type();
    for (const method of methods) answers.push(server.request(method, method === 'backupPolicy/documentTarget' ? { uri: document.uri } : { textDocument: { uri: document.uri } }).catch(unlessEdited));
    await wait(pause);
  }
  await Promise.all(answers);
  await document.settled();
  const { longest } = await server.watch('blocked');
  return { id, name, unit: 'ms', ours: longest };
}

/** A keystroke overtakes what was asked before it: the answer is then LSP's error for that, as an editor expects. */
function unlessEdited(error: unknown): void {
  if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ContentModified) throw error;
}
