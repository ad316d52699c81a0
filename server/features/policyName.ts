import { URI, Utils } from 'vscode-uri';
import { usesOf } from '../model/attachments.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The name of a policy file for people: as the nearest model names it, else its file name without extensions. */
export function policyName(snapshot: Snapshot, uri: string): string {
  const modelled = usesOf(snapshot.organizations, uri)[0]?.names[0];
  return modelled ?? Utils.basename(URI.parse(uri)).replace(/(?:\.backup-?policy)?\.json$/i, '');
}
