import { describe, expect, test } from 'vitest';
import { betterLanguage, type LanguageFacts } from '../../client/documentLanguage.ts';

const policyText = '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"]}}}}';
const iamText = '{"Version":"2012-10-17","Statement":[]}';
const policy = 'aws-backup-policy';
const plain: LanguageFacts = { languageId: 'json', path: '/w/a.json', isUntitled: false, byUser: undefined, isNamed: false };

describe('a document becomes a backup policy', () => {
  test.each<[string, LanguageFacts, string]>([
    ['by its content', plain, policyText],
    ['by its content although comments are allowed in it', { ...plain, languageId: 'jsonc' }, policyText],
    ['because a model or a setting names it', { ...plain, isNamed: true }, '{}'],
    ['because it is a template of one', { ...plain, languageId: 'plaintext', path: '/w/daily.json.tpl' }, policyText],
    ['because the user said so, whatever it is', { ...plain, languageId: 'plaintext', path: '/w/a.json.tpl', byUser: 'policy' }, iamText],
  ])('%s', (_title, facts, text) => {
    expect(betterLanguage(facts, () => text)).toBe(policy);
  });

  test.each<[string, LanguageFacts, string]>([
    ['other JSON', plain, iamText],
    ['another language that quotes a policy', { ...plain, languageId: 'markdown' }, policyText],
    ['what the user made something else', { ...plain, byUser: 'other', isNamed: true }, policyText],
    ['a model', { ...plain, languageId: 'backup-organization', isNamed: true }, policyText],
  ])('but not %s', (_title, facts, text) => {
    expect(betterLanguage(facts, () => text)).toBeUndefined();
  });
});

describe('a document under a policy\'s name', () => {
  const byName: LanguageFacts = { ...plain, languageId: policy, path: '/w/backup-policies/roles.json' };

  test('is given back to JSON when it is something else', () => {
    expect(betterLanguage(byName, () => iamText)).toBe('json');
  });

  test.each<[string, LanguageFacts]>([
    ['a model or a setting names it', { ...byName, isNamed: true }],
    ['the user said so', { ...byName, byUser: 'policy' }],
    ['its name says nothing else', { ...byName, path: '/w/roles.backup-policy.json' }],
    ['it is new', { ...byName, isUntitled: true }],
  ])('stays a policy when %s', (_title, facts) => {
    expect(betterLanguage(facts, () => iamText)).toBeUndefined();
  });

  test('is read only when its content decides', () => {
    expect(betterLanguage({ ...byName, isNamed: true }, () => {
      throw new Error('it was read');
    })).toBeUndefined();
  });
});
