import { DocumentHighlightKind, type DocumentHighlight } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { modelHighlights, policyHighlights } from '../../../server/features/navigation/documentHighlights.ts';
import { modelUri, organization, policyUri } from '../organizations.ts';
import { navigationOrganization, positionIn, shown } from './organization.ts';

const text = `{
  "plans": {
    "Daily": {
      "regions": { "@@assign": ["eu-west-1", "eu-west-2"], "@@operators_allowed_for_child_policies": ["@@append"] },
      "rules": {
        "daily": { "target_backup_vault_name": { "@@assign": "company" }, "lifecycle": { "delete_after_days": { "@@assign": "35" } } },
        "monthly": { "target_backup_vault_name": { "@@assign": "company" }, "Lifecycle": { "DELETE_AFTER_DAYS": { "@@assign": 35 } } }
      }
    },
    "weekly": { "regions": { "@@assign": ["eu-west-1"] }, "rules": { "DAILY": {}, "company": {} } }
  }
}`;
const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: text });

/** The line of each highlight with its text and kind. */
function highlights(marked: string): readonly string[] {
  const uri = policyUri('a');
  return policyHighlights(snapshot, uri, positionIn(snapshot, uri, marked)).map((each) => highlighted(uri, each));
}

function highlighted(uri: string, { range, kind }: DocumentHighlight): string {
  return `${String(range.start.line)} ${shown(snapshot, { uri, range }).replace('a: ', '')} ${kind === DocumentHighlightKind.Write ? 'write' : 'read'}`;
}

describe('Highlights in a policy', () => {
  it.each([
    ['a rule and rules of its name elsewhere, no plan', '"dai|ly"', ['5 daily write', '9 DAILY read']],
    ['a plan alone', '"Dai|ly"', ['2 Daily write']],
    ['a setting here and at other places', '"delete_after|_days"', ['5 delete_after_days write', '6 DELETE_AFTER_DAYS read']],
    ['a group of settings', '"Life|cycle"', ['5 lifecycle read', '6 Lifecycle write']],
    ['the setting of an operator', '"@@as|sign": ["eu-west-1"]', ['3 regions read', '9 regions write']],
    ['equal values of equal settings, no names', '"comp|any"', ['5 company read', '6 company read']],
    ['equal elements of lists', '"eu-west|-1"', ['3 eu-west-1 read', '9 eu-west-1 read']],
    ['a number and a text that are one to AWS', '@@assign": 3|5', ['5 35 read', '6 35 read']],
    ['a value that stands once', '"eu-we|st-2"', ['3 eu-west-2 read']],
    ['nothing between names', '"plans": |{', []],
  ])('mark %s', (_what, marked, found) => {
    expect(highlights(marked)).toEqual(found);
  });

  it('mark the operators of a control as values of no setting', () => {
    expect(highlights('"@@app|end"')).toEqual([]);
  });

  it('are none in a document that is not known', () => {
    expect(policyHighlights(snapshot, policyUri('b'), { line: 0, character: 0 })).toEqual([]);
  });
});

describe('Highlights in a model file', () => {
  it('mark the definition of a policy and its attachments', () => {
    const four = navigationOrganization();
    const model = four.organizations.get(modelUri);
    const marks = model === undefined ? [] : modelHighlights(model, positionIn(four, modelUri, '["sho|p"]'));
    expect(marks.map(({ range, kind }) => [shown(four, { uri: modelUri, range }), kind])).toEqual([['backup-organization: shop', DocumentHighlightKind.Write], ['backup-organization: shop', DocumentHighlightKind.Read]]);
    expect(model === undefined ? undefined : modelHighlights(model, positionIn(four, modelUri, '"Wor|kloads"'))).toEqual([]);
  });
});
