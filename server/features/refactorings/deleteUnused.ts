import { URI, Utils } from 'vscode-uri';
import { usesOf } from '../../model/attachments.ts';
import { policyName } from '../policyName.ts';
import { Draft } from './draft.ts';
import { reachesAccount } from './policyRelations.ts';
import type { Refactoring } from './refactoring.ts';
import { planPlace } from './refactoringPlace.ts';
import { removePolicy } from './removedPolicy.ts';
import { removeStatement } from './statementText.ts';

/** Takes a plan out that reaches no account, or of which lower policies override everything. */
export const deleteUnusedPlan: Refactoring = (place) => {
  const plan = planPlace(place);
  if (plan === undefined || usesOf(place.snapshot.organizations, place.uri).length === 0) return [];
  const why = reachesAccount(place.snapshot, place.uri) ? 'every account gets the same without it' : 'this policy reaches no account';
  return [{
    id: 'deletePlan',
    title: `Delete plan "${plan.path[1] ?? ''}": ${why}`,
    kind: 'refactor.rewrite',
    attempts: [() => {
      const draft = new Draft(place.snapshot);
      removeStatement(draft, place.uri, plan.path);
      return draft;
    }],
    onlyWhenSame: true,
    lost: 'The text of the plan, with its comments.',
  }];
};

/** Deletes the file of a policy that is attached nowhere, and its definition in every model. */
export const deleteUnattached: Refactoring = ({ snapshot, uri }) => {
  const uses = usesOf(snapshot.organizations, uri);
  if (uses.length === 0 || uses.some(({ entities }) => entities.length > 0)) return [];
  return [{
    id: 'deletePolicy',
    title: `Delete ${policyName(snapshot, uri)}, which is attached nowhere: its file and its definition`,
    kind: 'refactor.rewrite',
    attempts: [() => {
      const draft = new Draft(snapshot);
      return removePolicy(draft, uri) ?? draft;
    }],
    onlyWhenSame: true,
    lost: `The file ${Utils.basename(URI.parse(uri))}, and its definition in ${uses.map(({ organization }) => Utils.basename(URI.parse(organization.uri))).join(' and ')}.`,
  }];
};
