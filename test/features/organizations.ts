import { readFileSync, readdirSync } from 'node:fs';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../server/model/snapshot.ts';

/** Monday, 14 September 2026, 10:00 UTC. */
export const monday = Date.UTC(2026, 8, 14, 10);

export const modelUri = 'file:///project/backup-organization.json';

export function policyUri(name: string): string {
  return `file:///project/policies/${name}.json`;
}

interface Place {
  readonly id?: string;
  readonly name: string;
  readonly policies?: readonly string[];
  readonly organizationalUnits?: readonly Place[];
  readonly accounts?: readonly Place[];
}

/** A snapshot of a model and its policies, texts or objects, beside each other. */
export function organization(root: Place, policies: Readonly<Record<string, unknown>>): Snapshot {
  const model = {
    root,
    policies: Object.fromEntries(Object.keys(policies).map((name) => [name, { file: `policies/${name}.json` }])),
  };
  const changes: Change[] = [{ type: 'organization', uri: modelUri, text: JSON.stringify(model, undefined, 2) }];
  for (const [name, content] of Object.entries(policies)) {
    changes.push({ type: 'policy', uri: policyUri(name), text: typeof content === 'string' ? content : JSON.stringify(content, undefined, 2) });
  }
  return applyChanges(emptySnapshot(monday), monday, changes);
}

/** The sample organization that the package brings. */
export function sampleOrganization(): Snapshot {
  const folder = 'samples/backup-policies';
  const changes: Change[] = readdirSync(folder).map((name) => ({ type: 'policy', uri: `file:///project/backup-policies/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }));
  changes.push({ type: 'organization', uri: modelUri, text: readFileSync('samples/backup-organization.json', 'utf8') });
  return applyChanges(emptySnapshot(monday), monday, changes);
}
