import type { Tag } from '../api.ts';

/** A tool that keeps a policy as its own sources say, and what tells so. */
export interface PolicyOwner {
  readonly tool: string;
  /** `the tag aws:cloudformation:stack-name = baseline` */
  readonly sign: string;
}

const tools: readonly (readonly [tool: string, words: RegExp])[] = [
  ['Terraform', /\bterra(?:form|grunt)\b|\bopen ?tofu\b/i],
  ['the Landing Zone Accelerator', /landing[ -]zone[ -]accelerator|\bAWSAccelerator\b|\bLZA\b/i],
  ['AWS Control Tower', /control[ -]?tower/i],
  ['CloudFormation', /cloud[ -]?formation|\bCDK\b/i],
  ['Pulumi', /\bpulumi\b/i],
  ['org-formation', /\borg-formation\b/i],
];

/** Keys of tags that name what manages a resource, compared without letter case and separators. */
const managingKeys: ReadonlySet<string> = new Set(['managedby', 'createdby', 'provisionedby', 'provisioner', 'deployedby', 'maintainedby', 'iac', 'source', 'tool']);

/**
 * The tool that, by its tags or description, keeps a policy: it would write over a push with its next run.
 * Undefined when nothing tells so. Source: common-mistakes E7.
 */
export function policyOwner(tags: readonly Tag[], description: string): PolicyOwner | undefined {
  for (const tag of tags) {
    const tool = toolOfTag(tag);
    if (tool !== undefined) return { tool, sign: `the tag ${tag.key} = ${tag.value}` };
  }
  const tool = named(description);
  return tool === undefined ? undefined : { tool, sign: `the description "${description}"` };
}

function toolOfTag({ key, value }: Tag): string | undefined {
  if (/^aws:cloudformation:/i.test(key)) return 'CloudFormation';
  if (/^aws:servicecatalog:/i.test(key)) return 'AWS Service Catalog';
  const folded = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (managingKeys.has(folded)) return named(value);
  // The key alone says it: `terraform = true`, `Accelerator = AWSAccelerator`.
  return /^(?:false|no|0)$/i.test(value) ? undefined : named(key) ?? (/^(?:accelerator|accel)/.test(folded) ? named(value) : undefined);
}

function named(text: string): string | undefined {
  return tools.find(([, words]) => words.test(text))?.[0];
}
