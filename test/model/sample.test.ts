import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { effectiveJson } from '../../server/core/merge/effective.ts';
import { rules } from '../../server/core/rules.ts';
import { loadOrganization } from '../../server/cli/organization.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { effectiveOf } from '../../server/model/snapshot.ts';

interface WorkedOut {
  readonly policy: unknown;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly path: string; readonly policies: readonly string[] }[];
}

const at = Date.parse('2026-11-21T00:00:00Z');
const workedOut = JSON.parse(readFileSync('test/fixtures/sample/effective.json', 'utf8')) as Readonly<Record<string, WorkedOut>>;
const { snapshot, organization, missing } = loadOrganization('samples/backup-organization.json', at);

describe('the sample organization', () => {
  const entities = [...entitiesOf(organization)];

  test('has the targets that were worked out by hand, and no others', () => {
    expect(entities.map((entity) => entity.path).sort()).toEqual(Object.keys(workedOut).sort());
  });

  test.each(entities.map((entity) => entity.path))('gives %s what was worked out by hand', (entityPath) => {
    const entity = organization.byPath.get(entityPath);
    if (entity === undefined) throw new Error(`${entityPath} is gone`);
    const ours = effectiveOf(snapshot, organization, entity);
    const expected = workedOut[entityPath];
    expect(JSON.parse(JSON.stringify(effectiveJson(ours.tree)))).toEqual(expected?.policy);
    const errors = ours.errors.map(({ code, message, path: at, contributors }) => ({ code, message, path: at, policies: contributors.map((source) => source.policy.name).sort() }));
    expect(sortByText(errors)).toEqual(sortByText((expected?.errors ?? []).map((error) => ({ ...error, policies: [...error.policies].sort() }))));
  });

  test('has exactly the problems that were planted', () => {
    const shown: string[] = [];
    for (const [uri, problems] of workspaceProblems(snapshot, missing)) {
      for (const problem of problems) {
        if (rules[problem.rule].level !== 'hint') shown.push(`${path.basename(uri)} ${problem.rule} ${problem.path.join('/')}`);
      }
    }
    expect(shown.sort()).toEqual([
      'finance-ledger.json effective-policy-invalid plans/point-in-time/rules/continuous',
      'nonprod.json blocked-by-parent plans/everyday/rules/daily/target_backup_vault_name',
    ]);
  });
});

function sortByText<Value>(values: readonly Value[]): readonly Value[] {
  return [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
