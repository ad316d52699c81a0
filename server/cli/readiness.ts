import { organizationReadiness } from '../features/readiness/readiness.ts';
import { readinessCsv, readinessJson, readinessMarkdown, readinessText } from '../features/readiness/readinessFormats.ts';
import { readinessTemplate } from '../features/readiness/readinessTemplate.ts';
import { readTime } from './input.ts';
import { InputError } from './inputError.ts';
import { loadOrganization, requireTarget, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';

const formats = { text: readinessText, json: readinessJson, csv: readinessCsv, markdown: readinessMarkdown };

interface ReadinessOptions {
  readonly organization: string;
  readonly target: string | undefined;
  readonly format: keyof typeof formats | 'cloudformation';
  readonly at: string | undefined;
}

/**
 * `backup-policy readiness`: what has to exist in the accounts. It reports, and fails for nothing that it finds.
 * @throws InputError when no template can be made of it.
 */
export function readiness({ organization: file, target, format, at }: ReadinessOptions): Outcome {
  const loaded = loadOrganization(file, readTime(at));
  const { snapshot, organization } = loaded;
  const entity = target === undefined ? undefined : requireTarget(organization, target);
  const warnings = unreadPolicies(loaded);
  if (format !== 'cloudformation') return { status: 0, output: formats[format]([organizationReadiness(snapshot, organization, entity)]), warnings };
  const template = readinessTemplate(snapshot, organization, entity);
  if (template.type === 'none') throw new InputError(template.reason);
  return { status: 0, output: template.text, warnings };
}
