import { policyOf } from '../policyTexts.ts';
import { against, type Extent, type Row } from '../rows.ts';
import { median, percentile } from '../statistics.ts';
import { LanguageServer } from './languageServer.ts';
import { PolicyDocument } from './policyDocument.ts';
import { jsonIn, oursIn, yamlIn, type ServerKind } from './servers.ts';

const pushed = 'vscode-json-language-server waits 500 ms and yaml-language-server 200 ms before they check; "pull" is the JSON server in an editor that asks for problems at once, as VS Code does.';

/** Milliseconds that one server took, by what was measured. */
type Times = Record<'open' | 'keystroke' | 'completion' | 'hover', number[]>;

/** One policy of 1,000 and of 10,000 characters in all servers, in turns. */
export async function documents(root: string, extent: Extent): Promise<readonly Row[]> {
  const kinds = [oursIn(root), jsonIn(root, 'push'), jsonIn(root, 'pull'), yamlIn(root)];
  return [...await documentOf(root, 1_000, kinds, extent), ...await documentOf(root, 10_000, kinds, extent)];
}

async function documentOf(root: string, characters: number, kinds: readonly ServerKind[], { short }: Extent): Promise<readonly Row[]> {
  const text = policyOf(characters, 'daily');
  const times = new Map(kinds.map(({ name }): [string, Times] => [name, { open: [], keystroke: [], completion: [], hover: [] }]));
  const rounds = short ? 2 : 3;
  for (let round = 1; round <= rounds; round++) {
    const servers = await Promise.all(kinds.map((kind) => LanguageServer.start(root, kind)));
    const opened = servers.map((server) => ({ document: new PolicyDocument(server, `file:///bench/one.${server.kind.extension}`, text), list: times.get(server.kind.name) }));
    for (const { document, list } of opened) list?.open.push(await document.open());
    for (let turn = 0; turn < (short ? 3 : 20); turn++) {
      for (const { document, list } of opened) {
        list?.keystroke.push(await document.keystroke());
        list?.completion.push(await document.ask('textDocument/completion', 'start_backup_window_minutes', (answer) => answer.includes('complete_backup_window_minutes')));
        list?.hover.push(await document.ask('textDocument/hover', 'lifecycle', (answer) => answer.length > 20));
      }
    }
    await Promise.all(servers.map((server) => server.stop()));
  }
  const size = `${characters.toLocaleString('en')} characters`;
  return [
    ...rowsOf(times, { id: `open.${String(characters)}`, name: `Open to first problems, ${size}`, note: pushed }, ({ open }) => median(open)),
    ...rowsOf(times, { id: `keystroke.${String(characters)}.p50`, name: `Keystroke to problems, ${size}, p50`, note: pushed }, ({ keystroke }) => median(keystroke)),
    ...rowsOf(times, { id: `keystroke.${String(characters)}.p95`, name: `Keystroke to problems, ${size}, p95`, note: pushed }, ({ keystroke }) => percentile(keystroke, 0.95)),
    ...rowsOf(times, { id: `completion.${String(characters)}`, name: `Completion of a key, ${size}` }, ({ completion }) => median(completion)),
    ...rowsOf(times, { id: `hover.${String(characters)}`, name: `Hover, ${size}` }, ({ hover }) => median(hover)),
  ];
}

function rowsOf(times: ReadonlyMap<string, Times>, row: Pick<Row, 'id' | 'name' | 'note'>, of: (times: Times) => number): readonly Row[] {
  const [ours, ...others] = [...times].map(([name, list]): [string, number] => [name, of(list)]);
  return against({ ...row, unit: 'ms', ours: ours?.[1] ?? NaN }, Object.fromEntries(others));
}
