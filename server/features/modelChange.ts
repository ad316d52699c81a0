import type { Snapshot } from '../model/snapshot.ts';
import type { ImpactView, ModelChange, ModelChangePreview } from '../protocol.ts';
import { attachmentPlan, fileName } from './attachmentPlan.ts';
import { movePlan } from './entityMove.ts';
import { editedText } from './modelEdits.ts';
import { modelEffects } from './modelEffects.ts';
import { rangeOf } from './ranges.ts';

/**
 * What a change of a model file would do: the edits of the model file, minimal and in the author's formatting, and
 * the accounts whose effective policy changes. Changes nothing by itself.
 * The policy is given by its name in the model or by the URI of its file; to attach, a file that the model does not
 * name yet is defined under its file name.
 */
export function previewModelChange(snapshot: Snapshot, change: ModelChange): ModelChangePreview {
  const organization = snapshot.organizations.get(change.organization);
  if (organization === undefined) return refused('The model file is gone. Open it, or choose another organization.');
  const { document } = organization;
  if (document.problems.length > 0) return refused(`${fileName(organization)} is not valid JSON, so it was not changed. Mend the problems shown in it first.`);
  if (organization.root === undefined) return refused(`${fileName(organization)} has no "root" yet. Add the root of the organization first.`);
  const plan = change.type === 'moveEntity' ? movePlan(organization, change) : attachmentPlan(organization, change);
  if (typeof plan === 'string') return refused(plan);
  const text = editedText(document, plan.edits);
  return {
    edits: plan.edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText })),
    ...modelEffects(snapshot, organization, text, plan.targets, plan.moved),
    changedTargets: plan.changed,
    unchangedTargets: plan.unchanged,
    ...(plan.targets.every(({ id }) => id !== undefined) ? { identified: true } : {}),
  };
}

/** What a change of a model file would mean for the accounts that it reaches. */
export function plannedImpact(snapshot: Snapshot, change: ModelChange): ImpactView {
  const { impact, accountsReached, edits, refusal } = previewModelChange(snapshot, change);
  if (refusal !== undefined) return { groups: [], accounts: 0, refusal };
  return edits.length === 0 ? { groups: [], accounts: 0, refusal: 'The model file says so already.' } : { groups: impact, accounts: accountsReached };
}

function refused(refusal: string): ModelChangePreview {
  return { edits: [], accountsReached: 0, accountsChanged: 0, becomeInvalid: [], becomeValid: [], impact: [], changedTargets: [], unchangedTargets: [], refusal };
}
