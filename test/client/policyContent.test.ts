import { describe, expect, test } from 'vitest';
import { isOtherJson, isPolicyText } from '../../client/policyContent.ts';

describe('a text is a backup policy by its content', () => {
  test.each([
    ['with plans at the root and an operator below', '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"]}}}}'],
    ['in any letter case of the key', '{"PLANS":{"daily":{"regions":{"@@Assign":["eu-west-1"]}}}}'],
    ['although it is not finished', '{"plans":{"daily":{"regions":{"@@assign":["eu-'],
    ['between comments', '{ // "plans": {\n /* { */ "plans" : {"a":{"regions":{"@@assign":["eu-west-1"]}}}}'],
    ['after values with quotes and brackets', '{"a":"\\"{[","b":[{}],"plans":{"c":{"@@assign":"x"}}}'],
    ['after a string that is not closed', '{"a":"x\n,"plans":{"c":{"@@assign":"x"}}}'],
    ['although a template fills in values', '{"plans":{"${name}":{"regions":{"@@append":${regions}}}}}'],
  ])('%s', (_title, text) => {
    expect(isPolicyText(text)).toBe(true);
  });

  test.each([
    ['without an operator: an effective policy', '{"plans":{"daily":{"regions":["eu-west-1"]}}}'],
    ['with plans further down only', '{"product":{"plans":{"x":{"@@assign":"y"}}}}'],
    ['with the words in values only', '{"a":"\\"plans\\"","b":"\\"@@assign"}'],
    ['with the keys in comments', '{"a":{"@@assign":1} // "plans": 1\n /* "plans": 1 */}'],
    ['with plans in a list of the root', '[{"plans":{"a":{"@@assign":1}}}]'],
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
    ['settings with comments and a last comma', '{"url":"https://a//b", // "plan": {\n "folders":["a",],/* , */}'],
  ])('when it is %s', (_title, text) => {
    expect(isOtherJson(text)).toBe(true);
  });

  test.each(['', '{', '{}', '[]', '"x"', '{"pla', '{"plan":{"a":{}}}', '{"plans":{}}', '{"a":{"@@assign":1}}', '{"__proto__":', '{,}', '"a', '{"Plans":{},}', '{"a":1,,}', '['.repeat(100_000), `{"a":"${'x'.repeat(1_000_001)}"}`])('but not when it may become a backup policy: %.40s', (text) => {
    expect(isOtherJson(text)).toBe(false);
  });
});

describe('a text of a million letters', () => {
  test.each(['"', '\\"', '{', '/*', '//', ',', ', ', '"plans":', '"a', '{"a":'])('of nothing but %s is looked at in time', (piece) => {
    const text = `{"@@a${piece.repeat(999_000 / piece.length)}`;
    expect(isPolicyText(`${text}"plans"`)).toBe(false);
    expect(isOtherJson(text.slice(5))).toBe(false);
  });
});
