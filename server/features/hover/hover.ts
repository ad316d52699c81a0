import type { Hover, Position } from 'vscode-languageserver-types';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentPosition } from '../documentPosition.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { guardrailHover } from './guardrailHover.ts';
import { modelHover } from './modelHover.ts';
import { policyHover } from './policyHover.ts';
import type { ScheduleClock } from './schedule.ts';

/** What a hover depends on besides the snapshot. */
export interface HoverRequest {
  readonly uri: string;
  readonly position: Position;
  /** The target that the user chose last. */
  readonly chosen: TargetRef | undefined;
  readonly clock: ScheduleClock;
}

/** `textDocument/hover` for a policy, a model or a guardrails file; null where there is nothing to say. */
export function hover(snapshot: Snapshot, request: HoverRequest): Hover | null {
  const organization = snapshot.organizations.get(request.uri);
  const guardrails = snapshot.guardrails.get(request.uri);
  const document = snapshot.policies.get(request.uri)?.document ?? organization?.document ?? guardrails?.document;
  if (document === undefined) return null;
  const offset = offsetAt(document, request.position);
  const position = documentPosition(document.text, offset);
  if (position === undefined || position.token.start === position.token.end) return null;
  const parts = organization !== undefined ? modelHover(snapshot, organization, position) : guardrails !== undefined ? guardrailHover(snapshot, guardrails, position) : policyHover(snapshot, { ...request, offset }, position);
  const value = parts.filter((part) => part !== '').join('\n\n');
  return value === '' ? null : { contents: { kind: 'markdown', value }, range: rangeOf(document, position.token) };
}
