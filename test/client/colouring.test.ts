import { readFileSync } from 'node:fs';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { beforeAll, describe, expect, test } from 'vitest';

const grammars: Readonly<Record<string, string>> = {
  'source.json.backup-policy': 'client/language/backup-policy.tmLanguage.json',
  'source.json.backup-organization': 'client/language/backup-organization.tmLanguage.json',
};

let policy: textmate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync('node_modules/vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (sources) => new oniguruma.OnigScanner(sources), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: (scope) => {
      const file = grammars[scope];
      return Promise.resolve(file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
  });
  const loaded = await registry.loadGrammar('source.json.backup-policy');
  if (loaded === null) throw new Error('the grammar does not load');
  policy = loaded;
});

function scopeOf(line: string, text: string): string {
  const start = line.indexOf(text);
  const token = policy.tokenizeLine(line, textmate.INITIAL).tokens.find((each) => each.startIndex <= start && start < each.endIndex);
  return token?.scopes.at(-1) ?? '';
}

describe('colouring makes visible', () => {
  test.each([
    ['{ "@@assign": 1 }', '@@assign', 'storage.modifier.inheritance.backup-policy'],
    ['{ "@@Append": [] }', '@@Append', 'storage.modifier.inheritance.backup-policy'],
    ['{ "@@operators_allowed_for_child_policies": [] }', '@@operators', 'keyword.control.inheritance.backup-policy'],
    ['{ "a": ["@@none"] }', '@@none', 'constant.language.inheritance.backup-policy'],
    ['{ "@@add": 1 }', '@@add', 'invalid.illegal.operator.backup-policy'],
    ['{ "a": "arn:aws:iam::$account:role/x" }', '$account', 'variable.language.placeholder.backup-policy'],
    ['{ "a": "${var.vault}" }', '${var', 'variable.other.template.backup-policy'],
    ['{ "a": ${regions} }', '${regions', 'variable.other.template.backup-policy'],
    ['{ "plans": {} }', 'plans', 'support.type.property-name.json'],
    ['{ "a": "eu-west-1" }', 'eu-west', 'string.quoted.double.json'],
  ])('in %s the part %s', (line, text, scope) => {
    expect(scopeOf(line, text)).toBe(scope);
  });
});
