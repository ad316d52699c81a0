import { describe, expect, test } from 'vitest';
import { applyChanges } from '../../../server/model/snapshot.ts';
import { driftCase } from '../../../server/organizations/drift/driftCase.ts';
import { driftReport } from '../../../server/organizations/drift/driftReport.ts';
import { sampleOrganization } from '../../features/organizations.ts';
import { deployed, modelIn } from './compared.ts';

const sample = sampleOrganization();

describe('a case', () => {
  test('has policies, AWS\'s answer and ours, and no id or name of the organization', async () => {
    const aws = deployed(sample);
    const uri = 'file:///project/backup-policies/payments-retention.json';
    const text = (sample.policies.get(uri)?.document.text ?? '').replace('"2555"', '"2556"');
    const { id, content } = await aws.api.updatePolicy({ policyId: aws.policyId('payments-retention'), content: text });
    expect([id, content]).toEqual([aws.policyId('payments-retention'), text]);
    const files = applyChanges(sample, sample.at, [{ type: 'policy', uri, text }]);
    const reading = await aws.read({ files });
    const finding = driftReport(files, modelIn(files), reading).findings.find((each) => each.kind === 'effective' && each.cause === 'unexplained');
    if (finding?.kind !== 'effective') throw new Error('There is no such difference.');
    const redacted = driftCase(files, modelIn(files), reading, finding);
    const read = JSON.parse(redacted) as { readonly levels: readonly { readonly policies: readonly { readonly content: string }[] }[]; readonly aws: { readonly effectivePolicy: string }; readonly merged: { readonly effectivePolicy: string } };
    expect(read.levels.at(-1)?.policies[0]?.content).toContain('"2556"');
    expect(read.aws.effectivePolicy).toContain('"2555"');
    expect(read.merged.effectivePolicy).toContain('"2556"');
    expect(redacted).not.toMatch(/h4rb|p-hh|222233334444|Workloads|payments-prod|payments-retention/);
    expect(redacted).toContain('000000000001');
  });

  test('is made of a difference in effective policies alone', async () => {
    const aws = deployed(sample);
    await aws.api.updatePolicy({ policyId: aws.policyId('baseline'), description: 'other' });
    const reading = await aws.read();
    const [finding] = driftReport(sample, modelIn(sample), reading).findings;
    if (finding === undefined) throw new Error('There is no difference.');
    expect(() => driftCase(sample, modelIn(sample), reading, finding)).toThrow('Only a difference in effective policies makes a case.');
  });
});
