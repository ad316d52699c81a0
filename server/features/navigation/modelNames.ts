import { touches, type Span } from '../../core/document/tree.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import { entitiesOf, type Organization } from '../../model/organization.ts';

/** A policy's name in a model file, where it is defined or attached. */
export interface PolicyNameInModel {
  readonly name: string;
  readonly span: Span;
}

/** The policy's name that an offset touches. */
export function policyNameAt(organization: Organization, offset: number): PolicyNameInModel | undefined {
  for (const { name, nameSpan } of organization.policies.values()) if (touches(nameSpan, offset)) return { name, span: nameSpan };
  for (const { attachments } of entitiesOf(organization)) {
    const attachment = attachments.find(({ span }) => touches(span, offset));
    if (attachment !== undefined) return { name: attachment.policy, span: attachment.span };
  }
  return undefined;
}

/** Where a policy is attached, in the order of the file. */
export function attachedNames(organization: Organization, name: string): readonly Span[] {
  const entities = attachmentIndex(organization).entities.get(name) ?? [];
  return entities.flatMap(({ attachments }) => attachments.filter(({ policy }) => policy === name).map(({ span }) => span));
}
