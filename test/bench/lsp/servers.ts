import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeArguments } from '../../../client/nodeArguments.ts';
import { rules } from '../../../server/core/rules.ts';

/** How problems come: the server tells them, or the editor asks for them. */
export type Diagnosing = 'push' | 'pull';

/** A language server and what an editor tells it. */
export interface ServerKind {
  readonly name: string;
  /** Arguments of Node.js. */
  readonly args: readonly string[];
  readonly languageId: string;
  readonly extension: string;
  readonly diagnosing: Diagnosing;
  readonly initializationOptions?: object;
  /** What it gets for a section of the settings. */
  readonly settings: (section: string | undefined) => unknown;
}

/** All rules on: those that are off by default as warnings. */
const levels = Object.fromEntries(Object.entries(rules).map(([id, { level }]) => [id, level === 'off' ? 'warning' : level]));

/** Ours as the extension starts it, with every rule on. */
export function oursIn(root: string): ServerKind {
  return {
    name: 'ours',
    args: [...nodeArguments, path.join(root, 'dist/server.js'), '--stdio'],
    languageId: 'aws-backup-policy',
    extension: 'backup-policy.json',
    diagnosing: 'push',
    settings: (section) => (section === 'awsBackupPolicy' ? { rules: levels } : null),
  };
}

/** The JSON server of VS Code, with our schema for the document. */
export function jsonIn(root: string, diagnosing: Diagnosing): ServerKind {
  const schema: unknown = JSON.parse(readFileSync(path.join(root, 'schemas/backup-policy.schema.json'), 'utf8'));
  const json = { validate: { enable: true }, schemas: [{ fileMatch: ['*.backup-policy.json'], url: 'bench:backup-policy', schema }] };
  return {
    name: diagnosing === 'push' ? 'vscode-json-language-server' : 'vscode-json-language-server, pull',
    args: [path.join(root, 'node_modules/vscode-langservers-extracted/bin/vscode-json-language-server'), '--stdio'],
    languageId: 'json',
    extension: 'backup-policy.json',
    diagnosing,
    initializationOptions: { provideFormatter: true, handledSchemaProtocols: ['file'] },
    settings: () => ({ json }),
  };
}

/** The YAML server, with our schema for the same text: JSON is YAML. */
export function yamlIn(root: string): ServerKind {
  const schemas = { [pathToFileURL(path.join(root, 'schemas/backup-policy.schema.json')).href]: '*.backup-policy.yaml' };
  const sections: Readonly<Record<string, unknown>> = { yaml: { validate: true, hover: true, completion: true, schemas, schemaStore: { enable: false } } };
  return {
    name: 'yaml-language-server',
    args: [path.join(root, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'],
    languageId: 'yaml',
    extension: 'backup-policy.yaml',
    diagnosing: 'push',
    settings: (section) => (section === undefined ? sections : sections[section] ?? {}),
  };
}
