import { policyOf } from '../policyTexts.ts';
import { against, type Extent, type Row } from '../rows.ts';
import { median } from '../statistics.ts';
import { LanguageServer } from './languageServer.ts';
import { PolicyDocument } from './policyDocument.ts';
import { jsonIn, oursIn, yamlIn } from './servers.ts';

/** From the start of the process to the answer of initialize, and on to the first problems of a document, in turns. */
export async function starts(root: string, { short }: Extent): Promise<readonly Row[]> {
  const kinds = [oursIn(root), jsonIn(root, 'push'), jsonIn(root, 'pull'), yamlIn(root)];
  const times = new Map(kinds.map(({ name }) => [name, { answer: [] as number[], problems: [] as number[] }]));
  const text = policyOf(1_000, 'daily');
  for (let turn = 0; turn < (short ? 5 : 11); turn++) {
    for (const kind of kinds) {
      const server = await LanguageServer.start(root, kind);
      const opened = await new PolicyDocument(server, `file:///bench/one.${kind.extension}`, text).open();
      times.get(kind.name)?.answer.push(server.startedIn);
      times.get(kind.name)?.problems.push(server.startedIn + opened);
      await server.stop();
    }
  }
  const rows = (id: string, name: string, of: 'answer' | 'problems'): readonly Row[] => {
    const [ours, ...others] = [...times].map(([kind, list]): [string, number] => [kind, median(list[of])]);
    return against({ id, name, unit: 'ms', ours: ours?.[1] ?? NaN }, Object.fromEntries(others));
  };
  return [
    ...rows('initialize', 'Start of the process to the answer of initialize', 'answer'),
    ...rows('start.problems', 'Start of the process to first problems, 1,000 characters', 'problems'),
  ];
}
