import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { parseDocument } from '../../server/core/document/parse.ts';
import type { Node } from '../../server/core/document/tree.ts';
import { effectiveJson, type EffectiveJson } from '../../server/core/merge/effective.ts';
import { workspaceEdit } from '../../server/features/refactorings/refactoringActions.ts';
import { prove } from '../../server/features/refactorings/proof.ts';
import { isHarmless, proposalsAt } from '../../server/features/refactorings/refactorings.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { applyChanges, effectiveOf, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, policyUri } from '../features/organizations.ts';
import { organizations, type GeneratedOrganization } from './organizations.ts';

type Files = ReadonlyMap<string, string>;

function filesOf({ model, policies }: GeneratedOrganization): Files {
  return new Map([[modelUri, model], ...[...policies].map(([name, text]) => [policyUri(name), text] as const)]);
}

/** A snapshot that remembers nothing of another one. */
function snapshotOf(files: Files): Snapshot {
  return applyChanges(emptySnapshot(monday), monday, [...files].map(([uri, text]) => ({ type: uri === modelUri ? 'organization' : 'policy', uri, text })));
}

/** The files after an edit, as an editor applies it. */
function edited(files: Files, edit: WorkspaceEdit): Files {
  const result = new Map(files);
  const apply = (uri: string, edits: Parameters<typeof TextDocument.applyEdits>[1]): void => {
    result.set(uri, TextDocument.applyEdits(TextDocument.create(uri, '', 0, result.get(uri) ?? ''), edits));
  };
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) apply(uri, edits);
  for (const change of edit.documentChanges ?? []) {
    if ('textDocument' in change) apply(change.textDocument.uri, change.edits.filter((each) => 'newText' in each));
    else if (change.kind === 'create') result.set(change.uri, '');
    else if (change.kind === 'delete') result.delete(change.uri);
  }
  return result;
}

/** What every account gets, printed with sorted keys, and what AWS says against it. */
function everyAccount(files: Files): readonly string[] {
  const snapshot = snapshotOf(files);
  return [...snapshot.organizations.values()].flatMap((organization) => [...entitiesOf(organization)].filter(({ kind }) => kind === 'account').map((account) => {
    const { tree, errors } = effectiveOf(snapshot, organization, account);
    return `${account.path} ${sorted(effectiveJson(tree))} ${errors.map(({ message, path }) => `${path} ${message}`).sort().join()}`;
  }));
}

function sorted(json: EffectiveJson): string {
  if (typeof json !== 'object' || json instanceof Array) return JSON.stringify(json);
  return `{${Object.entries(json).map(([key, value]: readonly [string, EffectiveJson]) => `${JSON.stringify(key)}:${sorted(value)}`).sort().join()}}`;
}

/** The offset of every key of a policy, as a cursor can stand at it. */
function keysIn(node: Node | undefined): readonly number[] {
  return node?.type === 'object' ? node.members.flatMap(({ key, value }) => [key.start + 1, ...keysIn(value)]) : [];
}

/** Applied at least so often in a run of the property; each organization counts once for each place. */
interface Expectation {
  readonly id: string;
  readonly applied: number;
  readonly runs?: number;
  readonly prepare?: (files: Files) => Files;
}

/** A policy grows beyond eight thousand characters by plans of its own. */
function grown(files: Files): Files {
  const plans = (name: string): string => Array.from({ length: 45 }, (_, index) => `"${name}-${String(index)}": { "regions": { "@@assign": ["eu-west-1", "eu-central-1"] }, "rules": { "nightly": { "target_backup_vault_name": { "@@assign": "Default" } } }, "selections": {} }`).join(', ');
  return new Map([...files].map(([uri, text]) => [uri, uri === modelUri ? text : text.replace(/^(\s*\{\s*"plans":\s*\{)/i, (start) => `${start}${plans(uri.replace(/^.*\/|\.json$/g, ''))},`)]));
}

const expectations: readonly Expectation[] = [
  { id: 'pullUp', applied: 60 },
  { id: 'extract', applied: 60, runs: 400 },
  { id: 'pushDown', applied: 60, runs: 400 },
  { id: 'split', applied: 40, prepare: grown, runs: 20 },
  { id: 'merge', applied: 40 },
  { id: 'convert', applied: 60 },
  { id: 'lockSetting', applied: 60 },
  { id: 'lockPlan', applied: 40 },
  { id: 'removeIneffective', applied: 60 },
  { id: 'deletePlan', applied: 40 },
  { id: 'deletePolicy', applied: 40 },
];

describe('a refactoring that is offered as safe leaves the effective policy of every account as it is:', () => {
  test.each(expectations)('$id', ({ id, applied, runs = 150, prepare = (files) => files }) => {
    let count = 0;
    fc.assert(fc.property(organizations, fc.nat(), (organization, choice) => {
      const files = prepare(filesOf(organization));
      const snapshot = snapshotOf(files);
      const before = everyAccount(files);
      for (const uri of organization.policies.keys()) {
        const policy = policyUri(uri);
        const keys = keysIn(snapshot.policies.get(policy)?.document.root).filter((_, index) => index < 60);
        const offset = keys[choice % keys.length] ?? 0;
        for (const proposal of proposalsAt(snapshot, policy, { start: offset, end: offset }).filter((each) => each.id.startsWith(id))) {
          const proof = prove(proposal);
          if (proof.type !== 'possible' || !isHarmless(proof)) continue;
          const after = edited(files, workspaceEdit(snapshot, proof.draft));
          expect(after).not.toEqual(files);
          expect(everyAccount(after), `${proposal.title} in ${uri}\n${JSON.stringify([...after], undefined, 1)}`).toEqual(before);
          for (const [changed, text] of after) expect(parseDocument(text).problems, changed).toEqual([]);
          count++;
        }
      }
    }), { seed: 20_260_914, numRuns: runs });
    expect(count, 'a property that applies nothing shows nothing').toBeGreaterThanOrEqual(applied);
  });
});
