import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import type { GuardrailsFile } from '../../../server/model/guardedAccounts.ts';
import { monday, sampleOrganization } from '../organizations.ts';

export const guardrailsUri = 'file:///project/backup-guardrails.json';

const sample = sampleOrganization();

/** The sample organization with guardrails beside its model, a text or what `guardrails` holds. */
export function guarded(content: string | object, base: Snapshot = sample, uri = guardrailsUri): Snapshot {
  const text = typeof content === 'string' ? content : JSON.stringify({ guardrails: content }, undefined, 2);
  return applyChanges(base, monday, [{ type: 'guardrails', uri, text }]);
}

/** The guardrails file of a snapshot. */
export function fileOf(snapshot: Snapshot): GuardrailsFile {
  const [file] = snapshot.guardrails.values();
  if (file === undefined) throw new Error('There is no guardrails file.');
  return file;
}
