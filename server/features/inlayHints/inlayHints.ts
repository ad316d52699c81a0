import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { Span } from '../../core/document/tree.ts';
import { organizationFor } from '../../model/attachments.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentTarget } from '../documentTarget.ts';
import { overriding } from '../inheritanceIndex.ts';
import { offsetAt } from '../ranges.ts';
import { spokenInheritances } from '../spokenInheritances.ts';
import { effectiveHint } from './effectiveHints.ts';
import { inheritedHint } from './inheritedHints.ts';
import type { InlayHintSettings } from './inlayHintSettings.ts';
import { statedOperations } from './statedOperations.ts';
import { valueHints } from './valueHints.ts';

/** What inlay hints depend on besides the snapshot. */
export interface InlayHintRequest {
  readonly uri: string;
  readonly range: Range;
  /** The target that the user chose last. */
  readonly chosen: TargetRef | undefined;
  readonly settings: InlayHintSettings;
}

/** `textDocument/inlayHint` of a policy: the hints of the settings that begin or end in the range, in the order of the text. */
export function inlayHints(snapshot: Snapshot, { uri, range, chosen, settings }: InlayHintRequest): InlayHint[] {
  const policy = snapshot.policies.get(uri);
  if (policy?.statements === undefined) return [];
  const { document, statements } = policy;
  const start = offsetAt(document, range.start);
  const end = offsetAt(document, range.end);
  const target = documentTarget(snapshot, uri, chosen);
  const inheritances = settings.inheritedValues && target !== undefined ? spokenInheritances(snapshot, uri, target) : [];
  const organization = target?.organization ?? organizationFor(snapshot.organizations, uri);
  // Where a peer decides, a statement takes the place of nothing; the problem there says so.
  const isIdle = (span: Span): boolean => overriding(snapshot, uri).statements.get(span.start)?.noEffect.some(({ at }) => target?.place === undefined || at.path === target.place.path) === true;
  const hints: InlayHint[] = [];
  for (const stated of statedOperations(statements)) {
    if (stated.operation.span.end < start || stated.operation.span.start > end) continue;
    hints.push(...valueHints(document, organization, settings, stated));
    const inherited = isIdle(stated.operation.span) ? undefined : inheritedHint(snapshot, document, inheritances, stated);
    if (inherited !== undefined) hints.push(inherited);
    const effective = settings.effectiveValues && target !== undefined ? effectiveHint(snapshot, document, uri, target, stated) : undefined;
    if (effective !== undefined) hints.push(effective);
  }
  return hints.filter(({ position }) => {
    const offset = offsetAt(document, position);
    return offset >= start && offset <= end;
  });
}
