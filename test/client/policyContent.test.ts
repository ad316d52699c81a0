import { describe, expect, test } from 'vitest';
import { isOtherJson, isPolicyText } from '../../client/policyContent.ts';

describe('a text is a backup policy by its content', () => {
  test.each([
    ['with plans at the root and an operator below', '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"]}}}}'],
    ['in any letter case of the key', '{"PLANS":{"daily":{"regions":{"@@Assign":["eu-west-1"]}}}}'],
    ['although it is not finished', '{"plans":{"daily":{"regions":{"@@assign":["eu-'],
    ['although a template fills in values', '{"plans":{"${name}":{"regions":{"@@append":${regions}}}}}'],
  ])('%s', (_title, text) => {
    expect(isPolicyText(text)).toBe(true);
  });

  test.each([
    ['without an operator: an effective policy', '{"plans":{"daily":{"regions":["eu-west-1"]}}}'],
    ['with plans further down only', '{"product":{"plans":{"x":{"@@assign":"y"}}}}'],
    ['with the words in values only', '{"a":"\\"plans\\"","b":"\\"@@assign"}'],
    ['of a tag policy', '{"tags":{"cost":{"tag_key":{"@@assign":"Cost"}}}}'],
    ['that is far too long', `{"plans":{"a":{"@@assign":"${'x'.repeat(1_000_001)}"}}}`],
  ])('but not %s', (_title, text) => {
    expect(isPolicyText(text)).toBe(false);
  });
});

describe('a text under a policy\'s name is given back to JSON', () => {
  test.each([
    ['an IAM policy', '{"Version":"2012-10-17","Statement":[]}'],
    ['an IAM policy that a template completes', '{"Version":"2012-10-17","Statement":[${statements}]}'],
    ['settings of an application', '{"retention":30,"folders":["a"]}'],
    ['a list', '[{"name":"a"}]'],
  ])('when it is %s', (_title, text) => {
    expect(isOtherJson(text)).toBe(true);
  });

  test.each(['', '{', '{}', '[]', '"x"', '{"pla', '{"plan":{"a":{}}}', '{"plans":{}}', '{"a":{"@@assign":1}}', `{"a":"${'x'.repeat(1_000_001)}"}`])('but not when it may become a backup policy: %.40s', (text) => {
    expect(isOtherJson(text)).toBe(false);
  });
});
