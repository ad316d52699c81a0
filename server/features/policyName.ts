import { URI, Utils } from 'vscode-uri';
import { usesOf } from '../model/attachments.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The name of a policy file for people: as the nearest model names it, else its file name without extensions. */
export function policyName(snapshot: Snapshot, uri: string): string {
  return usesOf(snapshot.organizations, uri)[0]?.names[0] ?? policyNameOfFile(uri);
}

/** A file name without the extensions of backup policies: `baseline` for `baseline.backup-policy.json`. */
export function policyNameOfFile(uri: string): string {
  const base = Utils.basename(URI.parse(uri)).replace(/(?:\.backup-?policy)?\.json(?:\.tpl)?$/i, '');
  return base === '' ? 'policy' : base;
}
