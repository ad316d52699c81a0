import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { Entity, Organization } from '../model/organization.ts';
import { rangeOf } from './ranges.ts';

const kinds: Readonly<Record<Entity['kind'], SymbolKind>> = {
  root: SymbolKind.Module,
  organizationalUnit: SymbolKind.Namespace,
  account: SymbolKind.Object,
};

/** `textDocument/documentSymbol` of a model file: the tree with the attached policies as detail, then the policies. */
export function organizationSymbols(organization: Organization): DocumentSymbol[] {
  const { document } = organization;
  const policies = [...organization.policies.values()].map((policy): DocumentSymbol => ({
    name: policy.name.trim() === '' ? '(no name)' : policy.name,
    detail: policy.file,
    kind: SymbolKind.File,
    range: rangeOf(document, policy.span),
    selectionRange: rangeOf(document, policy.nameSpan),
  }));
  return [...(organization.root === undefined ? [] : [entitySymbol(organization, organization.root)]), ...policies];
}

function entitySymbol(organization: Organization, entity: Entity): DocumentSymbol {
  return {
    name: entity.name.trim() === '' ? '(no name)' : entity.name,
    detail: entity.attachments.map((attachment) => attachment.policy).join(', '),
    kind: kinds[entity.kind],
    range: rangeOf(organization.document, entity.span),
    selectionRange: rangeOf(organization.document, entity.nameSpan),
    children: entity.children.map((child) => entitySymbol(organization, child)),
  };
}
