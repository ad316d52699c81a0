import { findEntity } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ReadinessFormat, ReadinessPlace, ReadinessTextView } from '../../protocol.ts';
import { organizationReadiness, readiness } from './readiness.ts';
import { readinessCsv, readinessMarkdown } from './readinessFormats.ts';
import { readinessTemplate } from './readinessTemplate.ts';

/** Readiness of all models, or of one place in one, as the text of a file; a template is of one model. */
export function readinessTextView(snapshot: Snapshot, format: ReadinessFormat, place: ReadinessPlace | undefined): ReadinessTextView {
  const organization = place === undefined ? [...snapshot.organizations.values()][0] : snapshot.organizations.get(place.organization);
  if (organization === undefined) return { type: 'none', reason: 'No organization is modelled here. A file backup-organization.json says which policies are attached where.' };
  const entity = place?.key === undefined ? undefined : findEntity(organization, place.key);
  if (format === 'cloudformation') {
    const template = readinessTemplate(snapshot, organization, entity);
    return template.type === 'template' ? { type: 'text', text: template.text } : template;
  }
  const views = place === undefined ? readiness(snapshot) : [organizationReadiness(snapshot, organization, entity)];
  return { type: 'text', text: (format === 'csv' ? readinessCsv : readinessMarkdown)(views) };
}
