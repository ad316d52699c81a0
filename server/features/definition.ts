import type { LocationLink, Position } from 'vscode-languageserver-types';
import { touches } from '../core/document/tree.ts';
import { entitiesOf, type Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { documentOf } from './diagnostics.ts';
import { offsetAt, rangeOf } from './ranges.ts';

/** `textDocument/definition` in a model file: from an attached name to its definition, from the definition to the file. */
export function definition(snapshot: Snapshot, organization: Organization, position: Position): LocationLink[] {
  const { document } = organization;
  const offset = offsetAt(document, position);
  for (const policy of organization.policies.values()) {
    if (!touches(policy.nameSpan, offset) && (policy.fileSpan === undefined || !touches(policy.fileSpan, offset))) continue;
    const target = policy.uri === undefined ? undefined : documentOf(snapshot, policy.uri);
    if (policy.uri === undefined || target === undefined) return [];
    const start = rangeOf(target, { start: 0, end: 0 });
    const from = touches(policy.nameSpan, offset) ? policy.nameSpan : (policy.fileSpan ?? policy.nameSpan);
    return [{ originSelectionRange: rangeOf(document, from), targetUri: policy.uri, targetRange: start, targetSelectionRange: start }];
  }
  for (const entity of entitiesOf(organization)) {
    const attachment = entity.attachments.find((each) => touches(each.span, offset));
    const policy = attachment === undefined ? undefined : organization.policies.get(attachment.policy);
    if (attachment === undefined) continue;
    if (policy === undefined) return [];
    return [{
      originSelectionRange: rangeOf(document, attachment.span),
      targetUri: organization.uri,
      targetRange: rangeOf(document, policy.span),
      targetSelectionRange: rangeOf(document, policy.nameSpan),
    }];
  }
  return [];
}
