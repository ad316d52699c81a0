import { describe, expect, it } from 'vitest';
import { closeAfterEach, document, openPushing } from './pushing.ts';

closeAfterEach();

/** A document that is too long as it is written. */
function spacious(text: string): string {
  return JSON.stringify(JSON.parse(text), undefined, 2).replaceAll('\n', `\n${' '.repeat(400)}`);
}

/** A document with as many plans. */
function large(plans: number): string {
  const names = Array.from({ length: plans }, (_, index) => `plan-${String(index)}`);
  return JSON.stringify({ plans: Object.assign({}, ...names.map((name) => (JSON.parse(document(35, name)) as { readonly plans: object }).plans)) as object });
}

describe('what is pushed', () => {
  it('is minified where the file is too long for AWS and fits without white space', async () => {
    const { modelled, write, prepare, execute, remote, context } = await openPushing('embedded');
    const text = spacious(document(35));
    modelled({ baseline: {} });
    write({ 'baseline.json': text });
    const prepared = await prepare(['baseline']);
    const compact = JSON.stringify(JSON.parse(text));
    expect(prepared.view.policies).toMatchObject([{ kind: 'create', minified: true, characters: compact.length }]);
    expect(prepared.view.policies[0]?.summary).toBe(`AWS creates the policy "baseline", sent without white space: the file has ${String(text.length)} characters, AWS takes 10,000, and ${String(compact.length)} are left. It has no effect until it is attached.`);
    expect(prepared.view.commands).toContain(`--content '${compact}'`);
    const { policies } = await execute(prepared);
    expect(await remote()).toEqual({ baseline: compact });
    expect((await prepare(['baseline'])).view.policies).toMatchObject([{ kind: 'unchanged', summary: 'AWS has "baseline" as the file says.' }]);
    expect((await context.known.get('o-em1b000000', policies[0]?.policyId ?? ''))?.content).toBe(compact);
  });

  it('is refused where it is too long without white space as well', async () => {
    const { modelled, write, prepare } = await openPushing('embedded');
    modelled({ many: {}, fewer: {} });
    write({ 'many.json': large(30), 'fewer.json': large(20) });
    const { view } = await prepare(['many', 'fewer']);
    expect(view.policies.map(({ kind }) => kind)).toEqual(['refused', 'create']);
    expect(view.policies[0]?.summary).toMatch(/^many\.json has 1\d{4} characters even without white space, and AWS takes 10,000\. Move plans into a policy of their own\.$/);
  });

  it.each([
    ['what AWS would reject', { 'baseline.json': '{ "plans": { "daily": { "retention": 35 } } }' }, /^AWS would refuse baseline\.json: /],
    ['what is no JSON', { 'baseline.json': '{ "plans": ' }, /^AWS would refuse baseline\.json: /],
    ['a template', { 'baseline.json': '{ "plans": ${plans} }' }, /^baseline\.json is a template/],
    ['an account whose id is hidden', { 'baseline.json': document(35).replace('$account', '000000000007') }, /^baseline\.json names the account 000000000007, which stands for one whose id an import left out/],
    ['a file that is not there', {}, /^baseline\.json cannot be read/],
  ])('refuses %s, and its neighbour goes on', async (_what, files, summary) => {
    const { modelled, write, prepare } = await openPushing('embedded');
    modelled({ baseline: {}, other: {} });
    write({ ...files, 'other.json': document(35) });
    const { view, writes } = await prepare('changed');
    expect(view.policies.map(({ kind }) => kind)).toEqual(['refused', 'create']);
    expect(view.policies[0]?.summary).toMatch(summary);
    expect(writes).toHaveLength(1);
  });

  it('says where AWS would refuse the document', async () => {
    const { modelled, write, prepare } = await openPushing('embedded');
    modelled({ baseline: {} });
    write({ 'baseline.json': document(35).replace('"cron(0 5 ? * * *)"', '"cron(0 5 * * * *)"') });
    const { view } = await prepare(['baseline']);
    expect(view.policies[0]?.problems).toMatchObject([{ location: { uri: 'file:///project/baseline.json', range: { start: { line: 11 } } } }]);
  });

  it('warns of a schedule that AWS takes today and not tomorrow', async () => {
    const { modelled, write, prepare } = await openPushing('embedded', Date.parse('2026-12-29T12:00:00Z'));
    modelled({ ending: {}, lasting: {} });
    write({ 'ending.json': document(35).replace('* * *)', '* * 2026)'), 'lasting.json': document(35).replace('* * *)', '* * 2027)') });
    const { view } = await prepare('changed');
    expect(view.policies.map(({ kind, warnings }) => [kind, warnings.length])).toEqual([['create', 1], ['create', 0]]);
    expect(view.policies[0]?.warnings[0]).toMatch(/^AWS takes the schedules of "ending" today, but not by tomorrow/);
  });

  it('asks for a model that can be read, and for names that it defines', async () => {
    const { modelled, write, prepare } = await openPushing('embedded');
    modelled({ baseline: {} });
    await expect(prepare(['nightly'])).rejects.toMatchObject({ name: 'Refusal', message: 'The model does not define a policy "nightly".' });
    write({ 'backup-organization.json': '{ "policies": { "baseline": { "file": "baseline.json" } }, "root": { "id": "r-0000", "name": "Root" } }' });
    await expect(prepare('changed')).rejects.toMatchObject({ name: 'Refusal', message: expect.stringMatching(/^The model was imported without its ids/) as unknown });
    write({ 'backup-organization.json': '{ "policies": { "baseline": { "file": "baseline.json" } }, "root": { "id": "r-a1b2", "name": "Root" } }' });
    await expect(prepare('changed')).rejects.toMatchObject({ name: 'Refusal', message: 'The model describes another organization: its root is r-a1b2, and organization o-em1b000000 has the root r-em1b.' });
    write({ 'backup-organization.json': '{ "policies": {' });
    await expect(prepare('changed')).rejects.toMatchObject({ name: 'Refusal', nextStep: 'Mend the problems that are shown in it, then push.' });
    write({ 'backup-organization.json': undefined });
    await expect(prepare('changed')).rejects.toMatchObject({ name: 'Refusal', nextStep: 'Open it, or choose another organization.' });
  });
});

describe('the policy in AWS', () => {
  it('is found by its name where the model has no id, and its id is written into the model', async () => {
    const { modelled, write, prepare, execute, given, editedModel } = await openPushing('embedded');
    const id = await given('baseline', document(90));
    modelled({ baseline: {} });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies).toMatchObject([{ kind: 'update', policyId: id, summary: `The organization has a policy of this name, ${id}, and its id is written into the model. AWS replaces its content of "baseline", attached nowhere. What AWS had at the last push or import is not known here, so look at the difference first.` }]);
    expect(editedModel((await execute(prepared)).modelEdits)).toMatchObject({ policies: { baseline: { id } } });
  });

  it('is found by its name where the id of the model is stale', async () => {
    const { modelled, write, prepare, execute, given, editedModel } = await openPushing('embedded');
    const id = await given('baseline', document(90));
    modelled({ baseline: { id: 'p-00000gone0' } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies[0]?.summary).toMatch(/^The id p-00000gone0 of the model is not in this organization; it has a policy of this name/);
    expect(editedModel((await execute(prepared)).modelEdits)).toMatchObject({ policies: { baseline: { id } } });
  });

  it('is created anew where neither the id nor the name is there', async () => {
    const { modelled, write, prepare, execute, editedModel } = await openPushing('embedded');
    modelled({ baseline: { id: 'p-00000gone0' } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies).toMatchObject([{ kind: 'create' }]);
    const result = await execute(prepared);
    expect(editedModel(result.modelEdits)).toMatchObject({ policies: { baseline: { id: result.policies[0]?.policyId } } });
  });

  it('is renamed to the name of the model, unless another one has it', async () => {
    const { modelled, write, prepare, execute, given, remote } = await openPushing('embedded');
    const id = await given('nightly', document(35));
    modelled({ baseline: { id } });
    write({ 'baseline.json': document(35) });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies).toMatchObject([{ kind: 'update', changes: ['name'] }]);
    expect(prepared.view.commands).toBe(`aws organizations update-policy --policy-id ${id} --name baseline`);
    const other = await given('baseline', document(7));
    expect((await prepare(['baseline'])).view.policies).toMatchObject([{ kind: 'refused', summary: `The name "baseline" belongs to another policy in AWS, ${other}. Rename this one in the model, or remove the other.` }]);
    expect(await execute(prepared)).toMatchObject({ complete: false, policies: [{ outcome: 'notDone' }] });
    expect(await remote()).toEqual({ nightly: document(35), baseline: document(7) });
  });

  it('gets the description of the model, and keeps an old one that AWS cannot empty', async () => {
    const { modelled, write, prepare, execute, given, api } = await openPushing('embedded');
    const id = await given('baseline', document(35), { description: 'Old' });
    write({ 'baseline.json': document(35) });
    modelled({ baseline: { id, description: '' } });
    expect((await prepare(['baseline'])).view.policies).toMatchObject([{ kind: 'unchanged', summary: 'AWS has "baseline" as the file says. AWS cannot empty a description, so the old one stays.' }]);
    modelled({ baseline: { id } });
    expect((await prepare(['baseline'])).view.policies).toMatchObject([{ kind: 'unchanged' }]);
    modelled({ baseline: { id, description: 'New' } });
    const prepared = await prepare(['baseline']);
    expect(prepared.view.policies).toMatchObject([{ kind: 'update', changes: ['description'], minified: false }]);
    await execute(prepared);
    expect(await api.describePolicy(id)).toMatchObject({ description: 'New', content: document(35) });
  });

  it('is pushed from one file alone', async () => {
    const { modelled, write, prepare, given } = await openPushing('embedded');
    const id = await given('first', document(90));
    modelled({ first: { id }, second: { id } });
    write({ 'first.json': document(35), 'second.json': document(7) });
    expect((await prepare(['first', 'second'])).view.policies.map(({ kind }) => kind)).toEqual(['update', 'refused']);
  });

  it.each([
    ['a stack by its tags', { tags: { 'Team': 'storage', 'ManagedBy': 'CloudFormation' } }, 'CloudFormation (the tag ManagedBy = CloudFormation)'],
    ['Terraform by its description', { description: 'Managed by Terraform' }, 'Terraform (the description "Managed by Terraform")'],
  ])('may belong to %s, which is said', async (_what, options, words) => {
    const { modelled, write, prepare, given } = await openPushing('embedded');
    const [id, own] = [await given('baseline', document(90), options), await given('own', document(90), { tags: { Team: 'storage' } })];
    modelled({ baseline: { id }, own: { id: own } });
    write({ 'baseline.json': document(35), 'own.json': document(35) });
    const { view } = await prepare('changed');
    expect(view.policies.map(({ warnings }) => warnings)).toEqual([[`"baseline" seems to be managed by ${words}: its next run may take this push back. Change the policy at its source instead.`], []]);
  });
});
