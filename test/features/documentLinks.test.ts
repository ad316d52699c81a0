import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { documentLinks } from '../../server/features/documentLinks.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';
import { modelUri, sampleOrganization } from './organizations.ts';

function links(text: string): readonly (readonly [string, string | undefined])[] {
  const document = parseDocument(text);
  return documentLinks(readOrganization(modelUri, document)).map(({ range, target }) => [text.slice(offsetAt(document, range.start), offsetAt(document, range.end)), target] as const);
}

describe('links of a model file', () => {
  it('lead from each path, without its quotes, to the policy file', () => {
    expect(links('{ "policies": { "a": { "file": "policies/a.json" }, "b": { "file": "my b.json" } } }')).toEqual([
      ['policies/a.json', 'file:///project/policies/a.json'],
      ['my b.json', 'file:///project/my%20b.json'],
    ]);
    const sample = sampleOrganization().organizations.get(modelUri);
    expect(sample === undefined ? 0 : documentLinks(sample).length).toBe(10);
  });

  it.each(['../a.json', '/a.json', '', 'https://example.com/a.json'])('do not lead out of its folder: %j', (file) => {
    expect(links(`{ "policies": { "a": { "file": ${JSON.stringify(file)} } } }`)).toEqual([]);
  });

  it('keep inside of a path that is being typed', () => {
    expect(links('{ "policies": { "a": { "file": "policies/a.js')).toEqual([['policies/a.js', 'file:///project/policies/a.js']]);
  });
});
