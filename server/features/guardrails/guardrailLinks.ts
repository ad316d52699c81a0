import type { DocumentLink, LocationLink, Position } from 'vscode-languageserver-types';
import { touches } from '../../core/document/tree.ts';
import { guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import { findEntity } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { offsetAt, rangeOf } from '../ranges.ts';

/** `textDocument/documentLink` of a guardrails file: the model that it names. */
export function guardrailLinks({ organizations }: Snapshot, file: GuardrailsFile): DocumentLink[] {
  const target = guardedOrganization(organizations, file);
  if (file.organization === undefined || target === undefined) return [];
  const { start, end } = file.organization.span;
  return [{ range: rangeOf(file.document, { start: start + 1, end: end - 1 }), target: target.uri, tooltip: 'Open Model File' }];
}

/** `textDocument/definition` in a guardrails file: from an id or path in `accounts` or `except` to its place in the model. */
export function guardrailDefinition({ organizations }: Snapshot, file: GuardrailsFile, position: Position): LocationLink[] {
  const offset = offsetAt(file.document, position);
  const organization = guardedOrganization(organizations, file);
  const pattern = file.guardrails.flatMap(({ accounts, except }) => [...accounts, ...except]).find(({ span }) => touches(span, offset));
  const entity = pattern === undefined || organization === undefined ? undefined : findEntity(organization, pattern.text);
  if (pattern === undefined || organization === undefined || entity === undefined) return [];
  return [{ originSelectionRange: rangeOf(file.document, pattern.span), targetUri: organization.uri, targetRange: rangeOf(organization.document, entity.span), targetSelectionRange: rangeOf(organization.document, entity.nameSpan) }];
}
