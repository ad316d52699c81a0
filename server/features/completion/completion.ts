import type { CompletionItem, Position } from 'vscode-languageserver-types';
import type { Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { documentPosition } from '../documentPosition.ts';
import { documentTarget } from '../documentTarget.ts';
import { inheritanceOf } from '../inheritance.ts';
import { offsetAt } from '../ranges.ts';
import { guardrailProposals } from './guardrailProposals.ts';
import { modelProposals } from './modelProposals.ts';
import { policyProposals } from './policyProposals.ts';
import { completionItems } from './proposal.ts';

/** What a completion depends on besides the snapshot. */
export interface CompletionRequest {
  readonly uri: string;
  readonly position: Position;
  /** The target that the user chose last. */
  readonly chosen: TargetRef | undefined;
  /** Whether the editor knows snippets. Without them defaults are inserted as plain text. */
  readonly snippets: boolean;
}

/** `textDocument/completion` for a policy, a model or a guardrails file; empty where nothing can stand. */
export function completion(snapshot: Snapshot, request: CompletionRequest): CompletionItem[] {
  const file = snapshot.policies.get(request.uri);
  const organization = snapshot.organizations.get(request.uri);
  const guardrails = snapshot.guardrails.get(request.uri);
  const document = file?.document ?? organization?.document ?? guardrails?.document;
  if (document === undefined) return [];
  const offset = offsetAt(document, request.position);
  const position = documentPosition(document.text, offset);
  if (position === undefined || isBehindString(document.text, position.token, offset)) return [];
  if (organization !== undefined) return completionItems(document, position, modelProposals(snapshot, organization, position), request.snippets);
  if (guardrails !== undefined) return completionItems(document, position, guardrailProposals(snapshot, guardrails, position), request.snippets);
  const inheritance = inheritanceOf(snapshot, documentTarget(snapshot, request.uri, request.chosen));
  return completionItems(document, position, policyProposals({ snapshot, uri: request.uri, position, inheritance }), request.snippets);
}

/** Behind a closing quote the word is done: a list that pops up there would swallow the next Enter. */
function isBehindString(text: string, token: Span, offset: number): boolean {
  return offset === token.end && token.end - token.start > 1 && text[token.start] === '"' && text[token.end - 1] === '"';
}
