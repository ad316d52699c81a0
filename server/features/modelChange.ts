import { applyEdits, modify, type Edit, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import { URI, Utils } from 'vscode-uri';
import { effectiveJson } from '../core/merge/effective.ts';
import { accountsBelow, findEntity, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { ModelChange, ModelChangePreview } from '../protocol.ts';
import { indentationOf } from './indentation.ts';
import { entityPath } from './modelPath.ts';
import { positionAt } from './ranges.ts';

/** The most backup policies that AWS attaches to one target. Source: limits-and-errors §1 [doc]. */
const maximumAttached = 10;

/**
 * What a change of attachments would do: the edits of the model file, minimal and in the author's formatting, and
 * the accounts whose effective policy changes, worked out by merging before and after. Changes nothing.
 */
export function previewModelChange(snapshot: Snapshot, change: ModelChange): ModelChangePreview {
  const organization = snapshot.organizations.get(change.organization);
  if (organization?.root === undefined) return refused('There is no organization in this model file.');
  if (organization.document.problems.length > 0) return refused('The model file is not valid JSON. Mend it first; nothing was changed.');
  const plan = planned(organization, change);
  if (typeof plan === 'string') return refused(plan);
  const text = organization.document.text;
  const next = applyEdits(text, plan.edits);
  return { ...preview(snapshot, organization, next, plan.targets), edits: minimalEdits(organization, next), unchangedTargets: plan.unchanged };
}

function refused(refusal: string): ModelChangePreview {
  return { edits: [], accountsReached: 0, accountsChanged: 0, becomeInvalid: [], becomeValid: [], unchangedTargets: [], refusal };
}

interface Plan {
  readonly edits: Edit[];
  readonly targets: readonly Entity[];
  readonly unchanged: readonly string[];
}

function planned(organization: Organization, change: ModelChange): Plan | string {
  const keys = change.type === 'reorder' ? [change.target] : change.type === 'move' ? [change.from, change.to] : change.targets;
  const targets: Entity[] = [];
  for (const key of keys) {
    const entity = findEntity(organization, key);
    if (entity === undefined) return `The organization has no target "${key}" any more.`;
    targets.push(entity);
  }
  const definition = change.type === 'attach' || change.type === 'move' ? defined(organization, change.policy) : { name: change.policy, edits: [] };
  if (typeof definition === 'string') return definition;
  const lists = listsAfter(targets, definition.name, change);
  if (typeof lists === 'string') return lists;
  const format = formatting(organization.document.text);
  const edits = [...definition.edits];
  const unchanged: string[] = [];
  for (const [entity, list] of lists) {
    const before = entity.attachments.map((attachment) => attachment.policy);
    if (before.join('\n') === list.join('\n')) unchanged.push(entity.path);
    else edits.push(...listEdits(organization, entity, list, format));
  }
  return { edits, targets, unchanged };
}

function listsAfter(targets: readonly Entity[], policy: string, change: ModelChange): ReadonlyMap<Entity, readonly string[]> | string {
  const lists = new Map<Entity, readonly string[]>();
  for (const entity of targets) {
    const before = entity.attachments.map((attachment) => attachment.policy);
    const without = before.filter((name) => name !== policy);
    const leaves = change.type === 'detach' || (change.type === 'move' && change.from === keyOf(entity, change.from));
    if (leaves) {
      lists.set(entity, without);
      continue;
    }
    if (change.type === 'attach' && before.includes(policy)) {
      lists.set(entity, before);
      continue;
    }
    const index = change.type === 'reorder' ? change.index : (change.index ?? without.length);
    const after = [...without.slice(0, index), policy, ...without.slice(index)];
    if (after.length > maximumAttached && after.length > before.length) {
      return `${entity.path} has ${String(before.length)} policies attached, and AWS allows ${String(maximumAttached)} backup policies on one target. Detach one first, or attach at another level.`;
    }
    lists.set(entity, after);
  }
  return lists;
}

function keyOf(entity: Entity, key: string): string | undefined {
  return entity.key === key || entity.path === key ? key : undefined;
}

/** The name of a policy, given by name or by the URI of its file; a file that the model does not name yet gets a definition. */
function defined(organization: Organization, policy: string): { readonly name: string; readonly edits: Edit[] } | string {
  if (organization.policies.has(policy)) return { name: policy, edits: [] };
  for (const each of organization.policies.values()) if (each.uri === policy) return { name: each.name, edits: [] };
  if (!/^[a-z][a-z0-9+.-]*:/i.test(policy)) return `The model does not define a policy "${policy}".`;
  const folder = `${Utils.dirname(URI.parse(organization.uri)).path.replace(/\/$/, '')}/`;
  const file = URI.parse(policy);
  if (file.scheme === 'untitled') return 'Save the policy in the folder of the model first, then attach it.';
  if (!file.path.startsWith(folder)) return `The policy is outside the folder of ${Utils.basename(URI.parse(organization.uri))}. Policies live beside or below their model file.`;
  const name = freeName(organization, nameOf(file.path));
  const edits = modify(organization.document.text, ['policies', name], { file: file.path.slice(folder.length) }, { formattingOptions: formatting(organization.document.text) });
  return { name, edits };
}

/** The name that a policy file gets in a model. */
export function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? 'policy').replace(/\.json(\.tpl)?$/, '').replace(/\.backup-?policy$/, '');
}

function freeName(organization: Organization, wished: string): string {
  let name = wished;
  for (let number = 2; organization.policies.has(name); number++) name = `${wished}-${String(number)}`;
  return name;
}

/** Writes the list on one line where it was on one line, as people write it. */
function listEdits(organization: Organization, entity: Entity, list: readonly string[], format: FormattingOptions): Edit[] {
  const { text } = organization.document;
  const span = entity.attachmentsSpan;
  if (span === undefined) return modify(text, [...entityPath(entity), 'policies'] satisfies JSONPath, list, { formattingOptions: format });
  const old = text.slice(span.start, span.end);
  const items = list.map((name) => JSON.stringify(name));
  const oneLine = !old.includes('\n');
  if (oneLine) return [{ offset: span.start, length: span.end - span.start, content: `[${items.join(', ')}]` }];
  const lineStart = text.lastIndexOf('\n', span.start) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const unit = format.insertSpaces === false ? '\t' : ' '.repeat(format.tabSize ?? 2);
  const eol = format.eol ?? '\n';
  const content = items.length === 0 ? '[]' : `[${eol}${items.map((item) => `${indent}${unit}${item}`).join(`,${eol}`)}${eol}${indent}]`;
  return [{ offset: span.start, length: span.end - span.start, content }];
}

function formatting(text: string): FormattingOptions {
  return { ...indentationOf(text), eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** One edit for what lies between the common start and the common end of both texts. */
function minimalEdits(organization: Organization, next: string): ModelChangePreview['edits'] {
  const { document } = organization;
  const old = document.text;
  if (old === next) return [];
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++;
  const range = { start: positionAt(document, start), end: positionAt(document, old.length - end) };
  return [{ range, newText: next.slice(start, next.length - end) }];
}

function preview(snapshot: Snapshot, organization: Organization, text: string, targets: readonly Entity[]): Omit<ModelChangePreview, 'edits' | 'unchangedTargets'> {
  const after = applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: organization.uri, text }]);
  const changed = after.organizations.get(organization.uri);
  const accounts = new Set(targets.flatMap((target) => accountsBelow(target)));
  const becomeInvalid: string[] = [];
  const becomeValid: string[] = [];
  let accountsChanged = 0;
  const same = new Map<object, Set<object>>();
  for (const account of accounts) {
    const moved = changed?.byPath.get(account.path);
    if (changed === undefined || moved === undefined) continue;
    const was = effectiveOf(snapshot, organization, account);
    const is = effectiveOf(after, changed, moved);
    if (was.errors.length === 0 && is.errors.length > 0) becomeInvalid.push(account.path);
    if (was.errors.length > 0 && is.errors.length === 0) becomeValid.push(account.path);
    if (was.tree === is.tree || same.get(was.tree)?.has(is.tree) === true) continue;
    if (JSON.stringify(effectiveJson(was.tree)) === JSON.stringify(effectiveJson(is.tree))) same.set(was.tree, (same.get(was.tree) ?? new Set()).add(is.tree));
    else accountsChanged++;
  }
  return { accountsReached: accounts.size, accountsChanged, becomeInvalid, becomeValid };
}
