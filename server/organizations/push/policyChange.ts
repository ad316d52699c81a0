import type { ModelledPolicy } from '../../model/organization.ts';
import type { Policy } from '../api.ts';
import type { KnownPolicy } from '../lastKnown.ts';
import type { PushableFile } from './pushableFile.ts';
import { sameJson } from './sameJson.ts';

type Field = 'content' | 'name' | 'description';

/** Name, description and content of a policy. */
export interface PolicyParts {
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

/** What a push would make of a policy that is in AWS. */
export interface PolicyChange {
  /** What is written; empty when AWS has it so. */
  readonly fields: readonly Field[];
  /** Fields to be written that AWS has otherwise than they were last known: somebody else changed them. */
  readonly changedElsewhere: readonly Field[];
  readonly after: PolicyParts;
  /** True when the content in AWS differs from the file in white space or the order of members alone. */
  readonly textOnly: boolean;
  /** True when the model wants an empty description: AWS keeps the old one then. */
  readonly keepsDescription: boolean;
}

/**
 * Compares a policy of the model with AWS and with what was last known. Contents are compared by their JSON values.
 * Without a base nothing counts as changed elsewhere. Source: limits-and-errors §1, an empty description keeps the old one [obs].
 */
export function policyChange({ name, description }: ModelledPolicy, { sent }: PushableFile, remote: Policy, base: KnownPolicy | undefined): PolicyChange {
  const sameContent = sameJson(sent.text, remote.content);
  const keepsDescription = description === '' && remote.description !== '';
  const after: PolicyParts = {
    name,
    description: description === undefined || keepsDescription ? remote.description : description,
    content: sameContent ? remote.content : sent.text,
  };
  const fields = (['content', 'name', 'description'] as const).filter((field) => after[field] !== remote[field]);
  const changedElsewhere = base === undefined ? [] : fields.filter((field) => (field === 'content' ? !sameJson(base.content, remote.content) : base[field] !== remote[field]));
  return { fields, changedElsewhere, after, textOnly: sameContent && sent.text !== remote.content && sent.form === 'asWritten', keepsDescription };
}

/**
 * True when a policy file may differ from AWS, as far as can be said without reading its content there: the file is
 * not what was last known, or nothing is known, or the list shows another name or description.
 */
export function mayDiffer({ name, description }: ModelledPolicy, text: string | undefined, listed: { readonly name: string; readonly description: string } | undefined, base: KnownPolicy | undefined): boolean {
  if (text === undefined || listed === undefined || base === undefined) return true;
  return !sameJson(text, base.content) || listed.name !== name || (description !== undefined && description !== '' && listed.description !== description);
}
