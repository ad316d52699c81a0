import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../server/features/codeLenses.ts';
import { inlayHints } from '../../server/features/inlayHints/inlayHints.ts';
import { rangeOf } from '../../server/features/ranges.ts';
import { semanticTokens } from '../../server/features/semanticTokens/semanticTokens.ts';
import { applyChanges, type Snapshot } from '../../server/model/snapshot.ts';
import { monday, sampleOrganization } from '../features/organizations.ts';

const folder = 'samples/backup-policies';
const settings = { inheritedValues: true, schedules: true, effectiveValues: true, durations: true, accountNames: true };

/** Everything that is drawn into a policy; hints and tokens must lie in its text. */
function draw(snapshot: Snapshot, uri: string): void {
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) throw new Error(`${uri} is no policy.`);
  const range = rangeOf(document, { start: 0, end: document.text.length });
  codeLenses(snapshot, uri, undefined);
  for (const { position } of inlayHints(snapshot, { uri, range, chosen: undefined, settings })) expect(position.line).toBeLessThanOrEqual(range.end.line);
  const { data } = semanticTokens(snapshot, { uri, chosen: undefined });
  expect(data.every((number) => number >= 0)).toBe(true);
}

describe('lenses, hints and tokens of a half-typed policy', () => {
  const sample = sampleOrganization();
  it.each(readdirSync(folder))('never fail on a beginning of %s', (name) => {
    const uri = `file:///project/backup-policies/${name}`;
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    let snapshot = sample;
    for (let length = 0; length <= text.length; length++) {
      snapshot = applyChanges(snapshot, monday, [{ type: 'policy', uri, text: text.slice(0, length) }]);
      draw(snapshot, uri);
    }
  });

  it('take bad names, other line ends and templates', () => {
    const uri = 'file:///project/backup-policies/nonprod.json';
    for (const text of ['{"plans": {"__proto__": {"rules": {"constructor": {"lifecycle": {"delete_after_days": {"@@assign": 7}}}}}}}', '{\r\n"plans": {\r\n"everyday": {"regions": {"@@assign": ["eu-west-1",\r\n"x"]}}}}', '{"plans": {${plans}, "everyday": {"rules": {"daily": {"lifecycle": {"delete_after_days": ${days}}}}}}}']) {
      draw(applyChanges(sample, monday, [{ type: 'policy', uri, text }]), uri);
    }
  });
});
