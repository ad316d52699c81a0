import type { CodeLens, Command, Location } from 'vscode-languageserver-types';
import type { Document, Member, Span } from '../core/document/tree.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { lensCommands } from '../protocol.ts';
import { documentOf } from './diagnostics.ts';
import type { DocumentTarget } from './documentTarget.ts';
import { overriding, type StatementRef, type StatementRelations } from './inheritanceIndex.ts';
import { membersOf } from './membersOf.ts';
import { positionAt, rangeOf } from './ranges.ts';
import { sourceName } from './sourceName.ts';

/** What a plan or rule does to the same one of other policies, the strongest word first. */
const active = { overrides: 'Overrides', narrows: 'Narrows', extends: 'Extends' } as const;
const passive = { overriddenBy: 'Overridden by', narrowedBy: 'Narrowed by', extendedBy: 'Extended by' } as const;

interface Lens {
  readonly title: string;
  readonly refs: readonly StatementRef[];
}

/**
 * Lenses above plans and rules that other policies write about too: what they override, extend or add to, and what
 * overrides, extends or adds to them. They speak of the place of attachment on the path of the target; where that
 * is not known, of all places. A rule has lenses of its own only where its plan does not say the same.
 */
export function inheritanceLenses(snapshot: Snapshot, document: Document, uri: string, target: DocumentTarget): CodeLens[] {
  const { statements, containers } = overriding(snapshot, uri);
  const place = target.place?.path;
  const isAbove = ({ organization, level }: StatementRef): boolean => place === undefined || (organization === target.organization.uri && isAtOrBelow(place, level.path));
  const isBelow = ({ organization, level }: StatementRef): boolean => place === undefined || (organization === target.organization.uri && isAtOrBelow(level.path, place));

  const lensesOf = (member: Member, isPlan: boolean): readonly Lens[] => {
    const within = [...statements.values()].filter(({ span }) => span.start >= member.start && span.end <= member.end);
    const container = containers.get(member.key.start);
    const changes = worded(active, within, isAbove);
    const changed = worded(passive, within, isBelow);
    // What is kept out or without effect adds nothing; the problem there says so.
    const adds = isPlan && changes.length === 0 && within.every(({ blocked, noEffect }) => blocked.length + noEffect.length === 0);
    return [
      ...changes,
      ...(adds ? others('Adds to', container?.before.filter(isAbove) ?? [], []) : []),
      ...changed,
      ...(isPlan ? others('Also in', container?.after.filter(isBelow) ?? [], changed) : []),
    ];
  };
  return membersOf(document.root, 'plans').flatMap((plan) => {
    const ofPlan = lensesOf(plan, true);
    const said = new Set(ofPlan.map(identity));
    return [
      ...ofPlan.map((lens) => codeLens(snapshot, document, uri, plan.key, lens)),
      ...membersOf(plan.value, 'rules').flatMap((rule) => lensesOf(rule, false).filter((lens) => !said.has(identity(lens))).map((lens) => codeLens(snapshot, document, uri, rule.key, lens))),
    ];
  });
}

/** A lens for each word; a policy at a level stands under its strongest word alone. */
function worded<Kind extends 'overrides' | 'narrows' | 'extends' | 'overriddenBy' | 'narrowedBy' | 'extendedBy'>(words: Readonly<Record<Kind, string>>, statements: readonly StatementRelations[], counts: (ref: StatementRef) => boolean): readonly Lens[] {
  return (Object.keys(words) as Kind[]).reduce<readonly Lens[]>((lenses, kind) => [...lenses, ...others(words[kind], statements.flatMap((statement) => statement[kind]).filter(counts), lenses)], []);
}

/** A lens of the policies that no earlier lens names; none when there are none. */
function others(word: string, refs: readonly StatementRef[], lenses: readonly Lens[]): readonly Lens[] {
  const seen = new Set(lenses.flatMap((lens) => lens.refs).map(sourceKey));
  const left = refs.filter((ref) => !seen.has(sourceKey(ref)));
  return left.length === 0 ? [] : [{ title: `${word} ${named(left)}`, refs: left }];
}

/** The policy at its level when there is one, else how many. */
function named(refs: readonly StatementRef[]): string {
  const [first] = refs;
  const policies = new Set(refs.map(({ uri }) => uri)).size;
  const levels = new Set(refs.map(sourceKey)).size;
  if (first === undefined || policies > 1) return `${String(policies)} policies`;
  return levels === 1 ? sourceName(first.level, first.policy) : `${first.policy} at ${String(levels)} levels`;
}

function codeLens(snapshot: Snapshot, document: Document, uri: string, key: Span, { title, refs }: Lens): CodeLens {
  const range = rangeOf(document, key);
  const command: Command = { title, command: lensCommands.showStatements, arguments: [uri, range.start, locationsOf(snapshot, refs)] };
  return { range, command };
}

/** One location for each place in a text, however many levels it takes part at. */
function locationsOf(snapshot: Snapshot, refs: readonly StatementRef[]): readonly Location[] {
  const locations = new Map<string, Location>();
  for (const { uri, span } of refs) {
    const document = documentOf(snapshot, uri);
    if (document !== undefined) locations.set(`${uri}\n${String(span.start)}`, { uri, range: { start: positionAt(document, span.start), end: positionAt(document, span.end) } });
  }
  return [...locations.values()];
}

function identity({ title, refs }: Lens): string {
  return [title, ...refs.map((ref) => `${ref.uri} ${String(ref.span.start)}`)].join('\n');
}

function sourceKey({ organization, level, uri }: StatementRef): string {
  return `${organization}\n${level.path}\n${uri}`;
}

/** Whether a path of names is another one or goes on from it. */
function isAtOrBelow(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`);
}
