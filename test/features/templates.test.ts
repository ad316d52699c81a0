import { describe, expect, it } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { formatDocument } from '../../server/features/formatting.ts';
import { policyTemplates } from '../../server/features/templates.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { modelUri, monday, organization } from './organizations.ts';

describe.each(policyTemplates.map((template) => [template.id, template] as const))('the template %s', (_id, { text, title, description }) => {
  it('is accepted by AWS, without a single remark', () => {
    expect(admissionProblems(parseDocument(text), monday)).toEqual([]);
  });

  it('is formatted with two blanks and ends its last line', () => {
    expect(formatDocument(parseDocument(text), { insertSpaces: false, tabSize: 8 })).toEqual([]);
    expect(text).toMatch(/^\{\n {2}"plans": \{\n {4}"/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('has a title and a description for a list', () => {
    expect(title.length).toBeLessThan(60);
    expect(description).toMatch(/^[A-Z].*[^.]$/);
  });
});

describe('the templates', () => {
  it('have ids of their own', () => {
    expect(new Set(policyTemplates.map((template) => template.id)).size).toBe(policyTemplates.length);
  });

  it.each(policyTemplates.filter((template) => template.id !== 'override').map((template) => [template.id, template.text] as const))('are complete: %s makes a valid effective policy by itself', (_id, text) => {
    const view = effectivePolicyView(organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'shop' }] }, { p: text }), { organization: modelUri, key: 'Root/shop' });
    expect(view).toMatchObject({ empty: false, errors: [] });
  });

  it('hold a part that changes the plan of another one', () => {
    const text = (id: string): string => policyTemplates.find((template) => template.id === id)?.text ?? '';
    const snapshot = organization({ name: 'Root', policies: ['daily'], accounts: [{ name: 'shop', policies: ['override'] }] }, { daily: text('daily'), override: text('override') });
    const view = effectivePolicyView(snapshot, { organization: modelUri, key: 'Root/shop' });
    expect(view?.errors).toEqual([]);
    expect(JSON.stringify(view?.plans)).toContain('"text":"us-west-2"');
    expect(view?.plans.map((plan) => plan.name)).toEqual(['daily']);
  });
});
