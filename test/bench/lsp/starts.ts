import { against, type Extent, type Row } from '../rows.ts';
import { median } from '../statistics.ts';
import { LanguageServer } from './languageServer.ts';
import { jsonIn, oursIn, yamlIn } from './servers.ts';

/** From the start of the process to the answer of initialize, in turns. */
export async function starts(root: string, { short }: Extent): Promise<readonly Row[]> {
  const kinds = [oursIn(root), jsonIn(root, 'push'), yamlIn(root)];
  const times = new Map(kinds.map(({ name }) => [name, [] as number[]]));
  for (let turn = 0; turn < (short ? 5 : 11); turn++) {
    for (const kind of kinds) {
      const server = await LanguageServer.start(root, kind);
      times.get(kind.name)?.push(server.startedIn);
      await server.stop();
    }
  }
  const [ours, ...others] = [...times].map(([name, list]): [string, number] => [name, median(list)]);
  return against({ id: 'initialize', name: 'Start of the process to the answer of initialize', unit: 'ms', ours: ours?.[1] ?? NaN }, Object.fromEntries(others));
}
