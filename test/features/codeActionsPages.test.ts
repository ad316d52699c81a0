import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { rules, type RuleId } from '../../server/core/rules.ts';
import { applyEdits } from '../../server/features/codeActions/fix.ts';
import { fixers, fixesOf } from '../../server/features/codeActions/fixes.ts';
import { placeOf } from '../../server/features/codeActions/place.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { readPolicyFile } from '../../server/model/snapshot.ts';
import { monday } from './organizations.ts';

const ids = Object.keys(rules).filter((id): id is RuleId => id in fixers);

/** The example to avoid on a rule's page. */
function example(id: RuleId): string | undefined {
  const page = `docs/rules/${id}.md`;
  return existsSync(page) ? /^## Avoid[\s\S]*?^```\w*\n([\s\S]*?)^```/m.exec(readFileSync(page, 'utf8'))?.[1] : undefined;
}

/** Where a text has problems of a rule. */
function paths(text: string, id: RuleId): readonly string[] {
  return documentProblems(readPolicyFile('file:///policy.json', text), monday).filter(({ rule }) => rule === id).map(({ path }) => path.join('/'));
}

/** Rules whose example has its problem only in an organization. */
const needsModel = (text: string, id: RuleId): boolean => paths(text, id).length === 0;

describe('the example on the page of a rule', () => {
  const examples = ids.flatMap((id) => {
    const text = example(id);
    return text === undefined || needsModel(text, id) ? [] : [[id, text] as const];
  });

  it.each(examples)('%s is mended by its fix', (id, text) => {
    const document = parseDocument(text);
    const problem = documentProblems(readPolicyFile('file:///policy.json', text), monday).find(({ rule }) => rule === id);
    const fixes = problem === undefined ? [] : fixesOf(placeOf(document, problem, monday));
    const at = (result: string): number => paths(result, id).filter((path) => path === problem?.path.join('/')).length;
    expect(fixes.filter((fix) => at(applyEdits(text, fix.edits)) < at(text)).map(({ title }) => title)).not.toEqual([]);
  });

  it('exists for most rules with a fix', () => {
    expect(examples.length).toBeGreaterThan(25);
  });
});
