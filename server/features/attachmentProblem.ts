import type { Entity, Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { positionAt } from './ranges.ts';

/** An attached policy that takes no part in the merge, or only as far as it can be read. */
export interface AttachmentProblem {
  readonly entity: Entity;
  readonly policy: string;
  /** Position in the order of attachment, 0 = first. */
  readonly index: number;
  /** One sentence that names the policy. */
  readonly sentence: string;
  /** False for one that takes no part at all. */
  readonly partly: boolean;
}

/** What is wrong with the policies of one entity. */
export function attachmentProblems(snapshot: Snapshot, organization: Organization, entity: Entity): readonly AttachmentProblem[] {
  return entity.attachments.flatMap(({ policy }, index) => {
    const found = problemOf(snapshot, organization, policy);
    return found === undefined ? [] : [{ entity, policy, index, ...found }];
  });
}

function problemOf(snapshot: Snapshot, organization: Organization, name: string): { readonly sentence: string; readonly partly: boolean } | undefined {
  const modelled = organization.policies.get(name);
  if (modelled === undefined) return { sentence: `The model file does not define the policy ${name}, so what it says is not known.`, partly: false };
  if (modelled.uri === undefined) return { sentence: `The file of ${name}, ${modelled.file}, is outside of the model's folder and is not read.`, partly: false };
  const file = snapshot.policies.get(modelled.uri);
  if (file === undefined) return { sentence: `The file of ${name}, ${modelled.file}, cannot be read.`, partly: false };
  const [problem] = file.document.problems;
  if (file.statements === undefined) return { sentence: `The file of ${name}, ${modelled.file}, holds no policy: it is no JSON object.`, partly: false };
  if (problem === undefined) return undefined;
  const { line } = positionAt(file.document, problem.start);
  return { sentence: `${name} is not valid JSON (line ${String(line + 1)} of ${modelled.file}), so it is read only as far as it goes.`, partly: true };
}
