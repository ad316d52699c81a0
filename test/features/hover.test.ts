import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { hover } from '../../server/features/hover/hover.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import type { TargetRef } from '../../server/protocol.ts';
import { cursorIn } from './cursor.ts';
import { modelUri, monday, organization, policyUri, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();
const clock = { now: monday, timeZone: 'Europe/Berlin' };

function textOf(snapshot: Snapshot, uri: string, marked: string, chosen?: TargetRef): { readonly value: string; readonly over: string } | undefined {
  const { text, position } = cursorIn(marked);
  const type = uri === modelUri ? 'organization' : 'policy';
  const found = hover(applyChanges(snapshot, monday, [{ type, uri, text }]), { uri, position, chosen, clock });
  if (found === null) return undefined;
  if (!MarkupContent.is(found.contents) || found.range === undefined) throw new Error('A hover is Markdown over a range.');
  const lines = text.split('\n');
  return { value: found.contents.value, over: (lines[found.range.start.line] ?? '').slice(found.range.start.character, found.range.end.character) };
}

/** Hovers over the first place of `needle` in a file of the sample. */
function over(file: string, needle: string): string {
  const path = file.endsWith('organization.json') ? file : `backup-policies/${file}`;
  const text = readFileSync(`samples/${path}`, 'utf8');
  const at = text.indexOf(needle) + 1;
  return textOf(sample, `file:///project/${path}`, `${text.slice(0, at)}|${text.slice(at)}`)?.value ?? '';
}

describe('hover on a key', () => {
  it('says what it means, then the effective value and the chain that made it, with links to the lines', () => {
    const value = over('production.json', '"delete_after_days"');
    expect(value).toMatch(/^\*\*Delete after\*\* \(days\)\n/);
    expect(value).toContain('When no policy sets it: never');
    expect(value).toContain('Effective for **Root/Workloads/Prod** (where this policy is attached): `90` days · about 3 months');
    const chain = value.split('\n').filter((line) => line.startsWith('- '));
    expect(chain).toEqual([
      '- ~~Root · [baseline](file:///project/backup-policies/baseline.json#L18,36) · `@@assign` `35`~~ · **overridden** by `@@assign` of [production](file:///project/backup-policies/production.json#L8,36) at Root/Workloads/Prod',
      '- Prod · [production](file:///project/backup-policies/production.json#L8,36) · `@@assign` `90` · applied',
    ]);
    expect(readFileSync('samples/backup-policies/baseline.json', 'utf8').split('\n')[17]).toContain('"@@assign": "35"');
  });

  it('lists every statement of a list and what lower policies may do', () => {
    const value = over('production.json', '"regions"');
    expect(value).toContain('`eu-west-1`, `eu-central-1`');
    expect(value).toContain('`@@append` `eu-central-1` · applied');
    expect(value).toMatch(/Lower policies may use only `@@append, @@remove` here, by \[baseline\]\(.*#L6,9\) at Root\./);
  });

  it('strikes through what a higher level blocks, and names who', () => {
    const value = over('nonprod.json', '"target_backup_vault_name"');
    expect(value).toContain('Effective for **Root/Workloads/NonProd** (where this policy is attached): `company-vault`');
    expect(value).toMatch(/- ~~NonProd · \[nonprod\]\(.*\) · `@@assign` `nonprod-vault`~~ · \*\*blocked\*\* by \[baseline\]\(.*#L13,13\) at Root, which allows lower policies no operator here/);
  });

  it('speaks of the chosen target where the policy is attached nowhere', () => {
    const chosen = { organization: modelUri, key: 'Root/Workloads/Prod/Commerce/payments-prod' };
    const value = textOf(sample, 'file:///project/backup-policies/draft.json', '{"plans": {"everyday": {"rules": {"monthly": {"lifecycle": {"delete_a|fter_days": {}}}}}}}', chosen)?.value;
    expect(value).toContain('Effective for **Root/Workloads/Prod/Commerce/payments-prod** (the chosen target; this policy is not attached there): `2555` days · 7 years');
  });

  it('says that nobody sets it, or that there is no model', () => {
    const marked = '{"plans": {"fresh": {"reg|ions": {}}}}';
    expect(textOf(sample, 'file:///project/backup-policies/draft.json', marked)?.value).toContain('Not part of the effective policy of **Root** (the root; this policy is not attached anywhere): no policy that is attached on its path sets it.');
    expect(textOf(sample, 'file:///elsewhere/draft.json', marked)).toEqual({ value: expect.stringMatching(/^\*\*Regions\*\*[^]*No organization model covers this file/) as unknown, over: '"regions"' });
  });

  it('has nothing to say about a key that does not exist', () => {
    expect(textOf(sample, 'file:///project/backup-policies/draft.json', '{"plans": {"fresh": {"re|gion": {}}}}')).toBeUndefined();
  });
});

describe('hover on an operator', () => {
  it('says what it does and what became of it', () => {
    expect(over('production.json', '"@@append"')).toMatch(/^`@@append` · Append\n\nAdds these elements[^]*Here: \*\*applied\*\*\. Effective for \*\*Root\/Workloads\/Prod\*\*/);
    expect(over('nonprod.json', '"@@assign": "nonprod-vault"')).toMatch(/Here: \*\*blocked\*\* by \[baseline\]\(.*\) at Root, which allows lower policies no operator here\./);
  });

  it('says what a control leaves to lower levels', () => {
    expect(over('production.json', '"@@operators_allowed_for_child_policies"')).toContain('policies may add nothing here.');
    expect(over('baseline.json', '"@@operators_allowed_for_child_policies"')).toContain('policies may use only `@@append, @@remove` on this setting.');
  });

  it('names the policy that was attached before', () => {
    const days = (text: string) => ({ plans: { d: { rules: { r: { lifecycle: { delete_after_days: { '@@assign': text } } } } } } });
    const two = organization({ name: 'Root', policies: ['first', 'second'] }, { first: days('7'), second: days('9') });
    const marked = JSON.stringify(days('9')).replace('@@assign', '@@ass|ign');
    expect(textOf(two, policyUri('second'), marked)?.value).toMatch(/Here: \*\*no effect\*\*: \[first\]\(.*\) is attached there before it and sets the value\. Effective for \*\*Root\*\* \(where this policy is attached\): `7` days/);
  });

  it('says that a new plan is kept out', () => {
    const closed = organization({ name: 'Root', policies: ['lock'], accounts: [{ name: 'a', policies: ['own'] }] }, { lock: { plans: { '@@operators_allowed_for_child_policies': ['@@none'] } }, own: '{}' });
    const marked = '{"plans": {"mine": {"regions": {"@@a|ssign": ["eu-west-1"]}}}}';
    expect(textOf(closed, policyUri('own'), marked)?.value).toMatch(/~~a · \[own\]\(.*\) · `mine`~~ · \*\*blocked\*\* by \[lock\]\(.*\) at Root, which lets lower policies add nothing here/);
  });
});

describe('hover on a value', () => {
  it('names Regions and the service of a resource type', () => {
    expect(over('production.json', '"eu-central-1"')).toBe('`eu-central-1`\n\nEurope (Frankfurt)');
    expect(over('nonprod.json', '"arn:aws:rds:*:*:db:*"')).toContain('Amazon RDS database instances.');
  });

  it('says days and minutes in larger units, and leaves free text alone', () => {
    expect(over('baseline.json', '"35"')).toBe('`35` days\n\n5 weeks');
    expect(over('baseline.json', '"360"')).toBe('`360` minutes\n\n6 hours');
    expect(over('baseline.json', '"company-vault"')).toBe('');
  });

  it('explains the values of a control', () => {
    expect(over('baseline.json', '"@@none"')).toMatch(/^`@@none`\n\nPolicies lower down may use no operator here\./);
  });
});

describe('hover on a name', () => {
  it('sums up a rule with its effective settings and everyone who has a part in it', () => {
    const value = over('production.json', '"daily"');
    expect(value).toMatch(/^`daily` · rule\n/);
    expect(value).toContain('- Target vault name: `company-vault`');
    expect(value).toContain('- Lifecycle · Delete after: `90` days (about 3 months)');
    expect(value).toMatch(/- Root · \[baseline\]\(.*#L9,9\) · made it\n- Prod · \[production\]\(.*#L6,9\) · changes it/);
  });

  it('sums up a plan by its Regions, rules and selections', () => {
    const value = over('production.json', '"everyday"');
    expect(value).toContain('- Regions: `eu-west-1`, `eu-central-1`');
    expect(value).toContain('- Backup rules: `daily`, `monthly`');
  });
});

describe('hover in a model file', () => {
  it('on a policy says its file and where it is attached', () => {
    const value = over('backup-organization.json', '"production"');
    expect(value).toMatch(/^`production` · policy\n/);
    expect(value).toContain('File: [backup-policies/production.json](file:///project/backup-policies/production.json#L1,1)');
    expect(value).toMatch(/- \[Root\/Workloads\/Prod\]\(.*\) \(7 accounts\)/);
  });

  it('on an account says its path, its policies and the state of its effective policy', () => {
    expect(over('backup-organization.json', '"shop-prod"')).toMatch(/^\*\*Root\/Workloads\/Prod\/Commerce\/shop-prod\*\* · account[^]*No policy is attached to it directly\.[^]*Effective policy: valid\. Plans: `everyday`, `databases`, `point-in-time`\./);
    const invalid = over('backup-organization.json', '"finance-prod"');
    expect(invalid).toContain('Effective policy: **invalid**, so AWS keeps the last valid one.');
    expect(invalid).toContain('`plans/point-in-time/rules/continuous`: Dependent fields');
  });

  it('on an OU speaks of an account directly in it', () => {
    expect(over('backup-organization.json', '"Prod"')).toContain('Effective policy of an account directly in it: valid.');
    expect(textOf(sample, modelUri, '{"root": {"name": "Ro|ot"}}')?.value).toContain('none, no policy on its path sets anything.');
  });

  it('on a key says what it means', () => {
    expect(over('backup-organization.json', '"organizationalUnits"')).toMatch(/^\*\*Organizational units\*\*/);
  });
});

describe('names of a user’s choice', () => {
  const hostile = '<img src=x> [a](https://evil) `x` **b** ~~c~~';

  it('show as they are: no HTML, link or emphasis comes of them', () => {
    const snapshot = organization({ name: hostile, policies: [hostile] }, { [hostile]: '{}' });
    const uri = 'file:///project/policies/evil.json';
    const linked = applyChanges(snapshot, monday, [{
      type: 'organization', uri: modelUri,
      text: JSON.stringify({ root: { name: hostile, policies: [hostile] }, policies: { [hostile]: { file: 'policies/evil.json', description: '# Title\n- https://evil.example' } } }),
    }]);
    const value = textOf(linked, uri, '{"plans": {"p": {"reg|ions": {"@@assign": ["<b>`eu`"]}}}}')?.value ?? '';
    expect(value).not.toMatch(/(^|[^\\])<img/);
    expect(value).not.toContain('[a](https://evil)');
    expect(value).not.toMatch(/(^|[^\\])\*\*b\*\*/);
    expect(value).toContain('`` <b>`eu` ``');
    const model = textOf(linked, modelUri, `{"root": {"name": "x", "policies": [${JSON.stringify(hostile).replace('img', 'i|mg')}]}, "policies": {${JSON.stringify(hostile)}: {"file": "policies/evil.json", "description": "# Title\\n- https://evil.example"}}}`)?.value ?? '';
    expect(model).toContain('\\# Title - https\\://evil.example');
  });
});

describe('any place of any text', () => {
  const files = [...readdirSync('samples/backup-policies').map((name) => `backup-policies/${name}`), 'backup-organization.json'].map((name) => ({ uri: `file:///project/${name}`, text: readFileSync(`samples/${name}`, 'utf8') }));

  it('gives a hover over one line, or none: every offset of the samples', () => {
    let found = 0;
    for (const { uri, text } of files) {
      const document = parseDocument(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const result = hover(sample, { uri, position: positionAt(document, offset), chosen: undefined, clock });
        if (result === null) continue;
        found++;
        expect(result.range?.start.line).toBe(result.range?.end.line);
      }
    }
    expect(found).toBeGreaterThan(5000);
  });

  it('never throws on a prefix with something typed at its end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.nat(), fc.constantFrom('', '"', '{', '[', '${x}', '\\', '"__proto__":'), ({ uri, text }, cut, at, typed) => {
        const prefix = text.slice(0, cut % (text.length + 1)) + typed;
        const snapshot = applyChanges(sample, monday, [{ type: uri === modelUri ? 'organization' : 'policy', uri, text: prefix }]);
        hover(snapshot, { uri, position: positionAt(parseDocument(prefix), at % (prefix.length + 1)), chosen: undefined, clock });
      }),
      { seed: 20260914, numRuns: 1500 },
    );
  });
});
