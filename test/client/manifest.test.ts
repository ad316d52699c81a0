import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../server/core/rules.ts';
import { defaultInlayHints } from '../../server/features/inlayHints/inlayHintSettings.ts';
import { semanticTokensLegend } from '../../server/features/semanticTokens/tokenModifiers.ts';
import { policyGlobs } from '../../server/files.ts';
import { confirmRefactoringCommand, lensCommands } from '../../server/protocol.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown; readonly properties?: Readonly<Record<string, { readonly default: string; readonly enum: readonly string[] }>> }>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
    readonly languages: readonly { readonly id: string; readonly configuration?: string; readonly filenamePatterns?: readonly string[] }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly semanticTokenTypes: readonly { readonly id: string }[];
    readonly semanticTokenModifiers: readonly { readonly id: string }[];
    readonly semanticTokenScopes: readonly { readonly scopes: Readonly<Record<string, readonly string[]>> }[];
    readonly grammars: readonly { readonly path: string }[];
  };
}

const { activationEvents, contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('the manifest', () => {
  test('offers a level for every rule, with the level that the rule has', () => {
    const offered = contributes.configuration.properties['awsBackupPolicy.rules']?.properties ?? {};
    expect(Object.fromEntries(Object.entries(offered).map(([id, setting]) => [id, setting.default]))).toEqual(Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, rule.level])));
    for (const setting of Object.values(offered)) expect(setting.enum).toEqual(['error', 'warning', 'info', 'hint', 'off']);
  });

  test('knows policies by the same names as the server, templates included', () => {
    const names = contributes.languages[0]?.filenamePatterns ?? [];
    expect(names.map((name) => (name.startsWith('**/') ? name : `**/${name}`)).sort()).toEqual([...policyGlobs].sort());
    expect(names).toContain('*.backup-policy.json.tpl');
  });

  test('never activates on startup or for every folder: only one with guardrails has tests to list', () => {
    expect(activationEvents.filter((event) => event === '*' || event.startsWith('onStartup') || event.startsWith('workspaceContains'))).toEqual(['workspaceContains:**/{backup-guardrails,*.backup-guardrails}.json']);
  });

  test('has each command once, in its category, with a title that begins with a verb or asks a question and does not repeat the category', () => {
    const ids = contributes.commands.map(({ command }) => command);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('Backup Policies');
      expect(title).toMatch(/^[A-Z][a-z]+ [A-Z a-z…-]+\??$/);
    }
  });

  test('puts only its own commands into menus, and implements those of lenses and code actions', () => {
    const ids = new Set(contributes.commands.map(({ command }) => command));
    for (const item of Object.values(contributes.menus).flat()) expect(ids).toContain(item.command);
    for (const command of [...Object.values(lensCommands), confirmRefactoringCommand]) expect(ids).toContain(command);
  });

  test('has a setting for every inlay hint, with the default of the server', () => {
    const prefix = 'awsBackupPolicy.inlayHints.';
    const offered = Object.entries(contributes.configuration.properties).filter(([name]) => name.startsWith(prefix));
    expect(Object.fromEntries(offered.map(([name, setting]) => [name.slice(prefix.length), setting.default]))).toEqual(defaultInlayHints);
  });

  test('describes the semantic tokens of the server, and gives each modifier a look', () => {
    expect(contributes.semanticTokenTypes.map(({ id }) => id)).toEqual(semanticTokensLegend.tokenTypes);
    expect(contributes.semanticTokenModifiers.map(({ id }) => id)).toEqual(semanticTokensLegend.tokenModifiers);
    expect(contributes.semanticTokenScopes.flatMap(({ scopes }) => Object.keys(scopes))).toEqual(semanticTokensLegend.tokenModifiers.map((modifier) => `*.${modifier}`));
  });

  test('names files that exist', () => {
    const files = [...contributes.languages.flatMap(({ configuration }) => configuration ?? []), ...contributes.jsonValidation.map(({ url }) => url), ...contributes.grammars.map((grammar) => grammar.path), ...contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown))];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('has a walkthrough of five steps', () => {
    expect(contributes.walkthroughs[0]?.steps.length).toBe(5);
  });
});
