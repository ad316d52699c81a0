import { describe, expect, it } from 'vitest';
import { preparePolicyRename, renamePolicy } from '../../../server/features/navigation/policyNameRename.ts';
import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri } from '../organizations.ts';
import { afterEdit, navigationOrganization, positionIn, shown } from './organization.ts';

const four = navigationOrganization();
const text = four.organizations.get(modelUri)?.document.text ?? '';

function withModel(model: string): Snapshot {
  return applyChanges(four, four.at, [{ type: 'organization', uri: modelUri, text: model }]);
}

function answer(snapshot: Snapshot, marked: string, newName: string): ReturnType<typeof renamePolicy> {
  const model = snapshot.organizations.get(modelUri);
  if (model === undefined) throw new Error('no model');
  return renamePolicy(snapshot, model, positionIn(snapshot, modelUri, marked), newName);
}

function renamed(snapshot: Snapshot, marked: string, newName: string): string | undefined {
  const edit = answer(snapshot, marked, newName);
  if ('refusal' in edit) throw new Error(edit.refusal);
  return afterEdit(snapshot, edit).texts.get('backup-organization');
}

describe('The rename of a policy in a model file', () => {
  it.each([
    ['its definition', '"compan|y": {'],
    ['an attachment', '["compa|ny"]'],
  ])('replaces definition and attachments, from %s', (_from, marked) => {
    expect(renamed(four, marked, 'every "account"')).toBe(text.replace('["company"]', '["every \\"account\\""]').replace('"company":', '"every \\"account\\"":'));
  });

  it('replaces what is attached several times, and no other names', () => {
    const model = text.replace('"policies": ["labs"]', '"policies": ["shop", "shop-2"]').replace('"Labs"', '"shop"');
    expect(renamed(withModel(model), '"sho|p": {', 'store')).toBe(model.replaceAll('["shop"', '["store"').replace('"shop":', '"store":'));
  });

  it('starts with the name', () => {
    const model = four.organizations.get(modelUri);
    const start = model === undefined ? undefined : preparePolicyRename(model, positionIn(four, modelUri, '["comp|any"]'));
    if (start === undefined || 'refusal' in start) throw new Error('refused');
    expect([shown(four, { uri: modelUri, range: start.range }), start.placeholder]).toEqual(['backup-organization: company', 'company']);
  });

  it.each([
    ['a defined policy has the name', four, '"sho|p": {', 'company', 'backup-organization.json defines a policy "company" already. Names of policies are unique, and the rename would join the two. Choose another name.'],
    ['an attached policy has it', withModel(text.replace('["labs"]', '["lost"]')), '"sho|p": {', 'lost', 'Root/Labs has a policy "lost" attached, although none is defined. Names of policies are unique, and the rename would join the two. Choose another name.'],
    ['the name is empty', four, '"sho|p": {', '', 'AWS takes 1 to 128 characters for the name of a policy, and "" has 0. Choose another name.'],
    ['the name is too long', four, '"sho|p": {', 'x'.repeat(129), 'AWS takes 1 to 128 characters for the name of a policy, and "xxxxxxxxxxxxxxxxxxxx" has 129. Choose another name.'],
    ['the model is no JSON', withModel(`${text},`), '"sho|p": {', 'store', 'backup-organization.json is not valid JSON, so nothing was renamed. Mend the problems shown in it first.'],
    ['the name is that of an account', four, '"ledg|er"', 'store', 'Here only names of policies can be renamed. The others are those that AWS has for the root, organizational units and accounts: change them as in AWS.'],
    ['a template fills in the name', withModel(text.replaceAll('"shop"', '"${shop}"')), '["${sh|op}"]', 'store', 'A template fills in a part of "${shop}", so what it names is not known. Rename it by hand.'],
    ['a template would fill it in', four, '"sho|p": {', '${shop}', '"${shop}" is filled in by a template, so what it will name is not known. Choose a plain name.'],
  ])('is refused when %s', (_when, snapshot, marked, newName, reason) => {
    const refused = answer(snapshot, marked, newName);
    expect('refusal' in refused ? refused.refusal : undefined).toEqual(reason);
  });

  it('takes a name of 128 characters, and the same one', () => {
    expect(renamed(four, '"sho|p": {', 'x'.repeat(128))).toContain(`"${'x'.repeat(128)}": {`);
    expect(renamed(four, '"sho|p": {', 'shop')).toBeUndefined();
  });
});
