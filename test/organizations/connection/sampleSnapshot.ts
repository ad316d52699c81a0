import { readFileSync, readdirSync } from 'node:fs';
import type { Organization } from '../../../server/model/organization.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../../server/model/snapshot.ts';

/** The sample organization as arguments of `embeddedFromModel`: the files, the model, and when they are looked at. @param samples its folder. */
export function sampleSnapshot(samples = 'samples'): [Snapshot, Organization, number] {
  const now = Date.parse('2026-11-21T06:00:00Z');
  const folder = 'file:///sample';
  const policies = readdirSync(`${samples}/backup-policies`).map((name) => ({ type: 'policy' as const, uri: `${folder}/backup-policies/${name}`, text: readFileSync(`${samples}/backup-policies/${name}`, 'utf8') }));
  const uri = `${folder}/backup-organization.json`;
  const snapshot = applyChanges(emptySnapshot(now), now, [{ type: 'organization', uri, text: readFileSync(`${samples}/backup-organization.json`, 'utf8') }, ...policies]);
  const organization = snapshot.organizations.get(uri);
  if (organization === undefined) throw new Error('The sample has a model.');
  return [snapshot, organization, now];
}
