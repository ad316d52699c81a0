import { effectiveAt, type EffectiveNode } from '../../core/merge/effective.ts';
import type { Operation, Stated, StatedContainer } from '../../core/merge/statements.ts';
import { attachmentIndex, usesOf } from '../../model/attachments.ts';
import { accountsOfLevel, below } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import { Draft } from './draft.ts';
import { reachesAccount } from './policyRelations.ts';
import type { Proposal, Refactoring } from './refactoring.ts';
import { prove } from './proof.ts';
import { removeStatement } from './statementText.ts';

/** A try is a merge of the organization: a list of refactorings must not take long. */
const maximumTries = 50;

/** Takes out what a policy says in vain: blocked, overridden on the way to every account, or inherited anyway. */
export const removeIneffective: Refactoring = ({ snapshot, uri }) => {
  const statements = snapshot.policies.get(uri)?.statements;
  if (statements === undefined || !reachesAccount(snapshot, uri)) return [];
  const idle = idleStatements(snapshot, uri, statements);
  if (idle.length === 0) return [];
  const draftWithout = (paths: readonly (readonly string[])[]): Draft => {
    const draft = new Draft(snapshot);
    for (const path of paths) removeStatement(draft, uri, path);
    return draft;
  };
  const proposal = (paths: readonly (readonly string[])[]): Proposal => ({
    id: 'removeIneffective',
    title: 'Remove the statements of this policy that have no effect on any account',
    kind: 'refactor.rewrite',
    attempts: [() => draftWithout(paths)],
    onlyWhenSame: true,
  });
  /** Where they cannot all go, as many as can: halves of the list, and halves of those that cannot go. */
  const some = (): Draft => {
    let removed: readonly (readonly string[])[] = [];
    let tries = 0;
    const remove = (paths: readonly (readonly string[])[]): void => {
      if (paths.length === 0 || tries++ >= maximumTries) return;
      const proof = prove(proposal([...removed, ...paths]));
      if (proof.type === 'possible' && proof.changed === 0) removed = [...removed, ...paths];
      else if (paths.length > 1) {
        const half = Math.ceil(paths.length / 2);
        remove(paths.slice(0, half));
        remove(paths.slice(half));
      }
    };
    remove(idle);
    return draftWithout(removed);
  };
  return [{ ...proposal(idle), attempts: [() => draftWithout(idle), some] }];
};

/** The paths of operators that no account's effective value is the work of, or that state what is inherited. */
function idleStatements(snapshot: Snapshot, uri: string, root: StatedContainer): readonly (readonly string[])[] {
  const useful = usefulSpans(snapshot, uri);
  const visit = (stated: Stated, path: readonly string[]): readonly (readonly string[])[] => {
    if (stated.kind === 'container') return [...stated.children.values()].flatMap((child) => visit(child, [...path, child.key]));
    return stated.operations
      .filter((operation) => !operation.values.some(({ unknown }) => unknown) && (!useful.has(operation.span.start) || isInherited(snapshot, uri, path, operation)))
      .map(({ operator }) => [...path, `@@${operator}`]);
  };
  return visit(root, []);
}

/** Where the statements begin that make a part of what some account gets. */
function usefulSpans(snapshot: Snapshot, uri: string): ReadonlySet<number> {
  const spans = new Set<number>();
  const collect = (node: EffectiveNode): void => {
    if (node.kind === 'container') node.children.forEach(collect);
    else for (const { statement, outcome } of node.trace) if (outcome.type === 'applied' && statement.source.policy.uri === uri) spans.add(statement.span.start);
  };
  for (const { organization, entities } of usesOf(snapshot.organizations, uri)) {
    const reached = new Set(entities.flatMap((entity) => [...below(entity)]));
    for (const point of attachmentIndex(organization).points) {
      if (reached.has(point) && accountsOfLevel(point).length > 0) collect(effectiveOf(snapshot, organization, point).tree);
    }
  }
  return spans;
}

function isInherited(snapshot: Snapshot, uri: string, path: readonly string[], { operator, values }: Operation): boolean {
  const wanted = JSON.stringify(values.map(({ text }) => text));
  return operator === 'assign' && usesOf(snapshot.organizations, uri).every(({ organization, entities }) => entities.every(({ parent }) => {
    const node = parent === undefined ? undefined : effectiveAt(effectiveOf(snapshot, organization, parent).tree, path);
    if (node === undefined || node.kind === 'container' || node.value === undefined) return false;
    return JSON.stringify((node.value.kind === 'single' ? [node.value.element] : node.value.elements).map(({ text }) => text)) === wanted;
  }));
}
