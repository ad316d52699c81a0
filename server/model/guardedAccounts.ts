import { URI, Utils } from 'vscode-uri';
import type { Document } from '../core/document/tree.ts';
import type { AccountPattern, Guardrail, Guardrails } from '../core/guardrails/guardrail.ts';
import { readGuardrails } from '../core/guardrails/readGuardrails.ts';
import { matchesPath } from '../core/guardrails/wildcards.ts';
import { finished, type Steps } from '../core/steps.ts';
import { folderOf } from './folderOf.ts';
import { below, entitiesOf, findEntity, type Entity, type Organization } from './organization.ts';

/** A guardrails file, as edited or as on disk. */
export interface GuardrailsFile extends Guardrails {
  readonly uri: string;
  readonly document: Document;
}

/** A guardrails text read. */
export function readGuardrailsFile(uri: string, document: Document): GuardrailsFile {
  return { uri, document, ...readGuardrails(document) };
}

/**
 * The model that a guardrails file speaks of: the one that it names, else the nearest in its folder or above; of
 * several in one folder `backup-organization.json`, else the first by name.
 */
export function guardedOrganization(organizations: ReadonlyMap<string, Organization>, file: GuardrailsFile): Organization | undefined {
  if (file.organization !== undefined) {
    const { text } = file.organization;
    const uri = namedModel(file.uri, text);
    return uri === undefined ? undefined : organizations.get(uri);
  }
  const inside = folderOf(file.uri);
  let nearest: { readonly organization: Organization; readonly folder: string } | undefined;
  for (const organization of [...organizations.values()].sort(byName)) {
    const place = folderOf(organization.uri);
    if (inside.startsWith(place) && (nearest === undefined || place.length > nearest.folder.length)) nearest = { organization, folder: place };
  }
  return nearest?.organization;
}

/** The URI of a model file that a guardrails file names; undefined for what is no relative path with forward slashes. */
export function namedModel(uri: string, path: string): string | undefined {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0') || /\p{Cs}/u.test(path) || /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(path)) return undefined;
  return Utils.joinPath(Utils.dirname(URI.parse(uri)), path).toString();
}

const plainName = '/backup-organization.json';

function byName(left: Organization, right: Organization): number {
  const plain = Number(right.uri.endsWith(plainName)) - Number(left.uri.endsWith(plainName));
  if (plain !== 0) return plain;
  return left.uri < right.uri ? -1 : 1;
}

/** Accounts that get the same effective policy. */
export interface AccountGroup {
  /** The lowest entity with policies of its own above the accounts, or one of them; the root where nothing is attached. */
  readonly point: Entity;
  /** In the order of the model. */
  readonly accounts: readonly Entity[];
}

/** Accounts that are looked at without a pause. */
const accountsOfStep = 500;

/** The accounts that a guardrail is about, in groups; worked out once for a model and a guardrail. */
export function guardedAccounts(organization: Organization, guardrail: Guardrail): readonly AccountGroup[] {
  return finished(guardedAccountSteps(organization, guardrail));
}

/** The same in steps. */
export function* guardedAccountSteps(organization: Organization, guardrail: Guardrail): Steps<readonly AccountGroup[]> {
  const perGuardrail = remembered.get(organization) ?? new WeakMap<Guardrail, readonly AccountGroup[]>();
  remembered.set(organization, perGuardrail);
  const known = perGuardrail.get(guardrail);
  if (known !== undefined) return known;
  const all = accountsOf(organization);
  yield;
  const excepted = yield* accountsOfPatterns(organization, guardrail.except);
  const covered = yield* accountsOfPatterns(organization, guardrail.accounts);
  const groups = new Map<Entity, Entity[]>();
  for (const [place, account] of all.entries()) {
    if (place % accountsOfStep === 0) yield;
    if (!covered.has(account) || excepted.has(account)) continue;
    const point = pointOf(account);
    const group = groups.get(point);
    if (group === undefined) groups.set(point, [account]);
    else group.push(account);
  }
  const result = [...groups].map(([point, accounts]): AccountGroup => ({ point, accounts }));
  perGuardrail.set(guardrail, result);
  return result;
}

/** Both are immutable. */
const remembered = new WeakMap<Organization, WeakMap<Guardrail, readonly AccountGroup[]>>();

function* accountsOfPatterns(organization: Organization, patterns: readonly AccountPattern[]): Steps<ReadonlySet<Entity>> {
  const accounts = new Set<Entity>();
  let found = 0;
  for (const pattern of patterns) {
    for (const account of accountsOfPattern(organization, pattern)) {
      if (++found % accountsOfStep === 0) yield;
      accounts.add(account);
    }
  }
  return accounts;
}

function pointOf(entity: Entity): Entity {
  let point = entity;
  while (point.attachments.length === 0 && point.parent !== undefined) point = point.parent;
  return point;
}

/** The accounts that an entry stands for: an id or path as it is, where there is one, else a pattern of paths. */
export function* accountsOfPattern(organization: Organization, { text }: AccountPattern): Generator<Entity> {
  const named = findEntity(organization, text);
  if (named !== undefined) {
    for (const entity of below(named)) if (entity.kind === 'account') yield entity;
  } else if (text.includes('*')) {
    for (const account of accountsOf(organization)) if (matchesPath(text, account.path)) yield account;
  }
}

const lists = new WeakMap<Organization, readonly Entity[]>();

function accountsOf(organization: Organization): readonly Entity[] {
  const known = lists.get(organization);
  if (known !== undefined) return known;
  const accounts = [...entitiesOf(organization)].filter(({ kind }) => kind === 'account');
  lists.set(organization, accounts);
  return accounts;
}
