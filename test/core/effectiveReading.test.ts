import { describe, expect, test } from 'vitest';
import { effectiveJson, nothingEffective } from '../../server/core/merge/effective.ts';
import { readEffective } from '../../server/core/merge/effectiveReading.ts';

const printed = {
  plans: {
    daily: {
      regions: ['eu-west-1', 'eu-central-1'],
      rules: { nightly: { target_backup_vault_name: 'Nightly', lifecycle: { delete_after_days: '35' } } },
      selections: { tags: { gold: { iam_role_arn: 'arn:aws:iam::$account:role/R', tag_key: 'tier', tag_value: [] } } },
    },
  },
};

describe('an effective policy that AWS printed', () => {
  test('is read so that it prints the same', () => {
    const { tree, unread } = readEffective(JSON.stringify(printed));
    expect(JSON.parse(JSON.stringify(effectiveJson(tree)))).toEqual(printed);
    expect(unread).toEqual([]);
  });

  test('may have a plan called __proto__', () => {
    expect(JSON.stringify(effectiveJson(readEffective('{"plans":{"__proto__":{"regions":["eu-west-1"]}}}').tree))).toBe('{"plans":{"__proto__":{"regions":["eu-west-1"]}}}');
  });

  test.each([
    ['nothing', '{}', []],
    ['no text', '', []],
    ['a setting that is not known', '{"plans":{"daily":{"brand_new":"x"}}}', ['plans/daily/brand_new']],
    ['a list where a text is expected', '{"plans":{"daily":{"rules":{"nightly":{"target_backup_vault_name":["V"]}}}}}', ['plans/daily/rules/nightly/target_backup_vault_name']],
    ['a text where a group is expected', '{"plans":"daily"}', ['plans']],
  ])('with %s never throws, and says what was not read', (_what, text, expected) => {
    const { tree, unread } = readEffective(text);
    expect(unread).toEqual(expected);
    expect(JSON.stringify(effectiveJson(tree))).toBe(JSON.stringify(effectiveJson(nothingEffective)));
  });
});
