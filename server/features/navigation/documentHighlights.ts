import { DocumentHighlightKind, type DocumentHighlight, type Position } from 'vscode-languageserver-types';
import { isScalar, type Document, type Member, type ObjectNode, type ScalarNode } from '../../core/document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarContainer, type GrammarLeaf, type GrammarNode } from '../../core/grammar.ts';
import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { attachedNames, policyNameAt } from './modelNames.ts';
import { nodeAt, samePath, withoutQuotes, type PolicyNode } from './policyNode.ts';

/**
 * `textDocument/documentHighlight` in a policy. At a name: the statement itself (write) and the same kind of name, in any
 * letter case, elsewhere in the document (read). At a setting or operator: the setting here (write) and in other
 * plans, rules and selections (read). At a value: the same value of settings that take the same (read).
 */
export function policyHighlights(snapshot: Snapshot, uri: string, position: Position): DocumentHighlight[] {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  if (document === undefined || node === undefined) return [];
  const { value, grammar } = node;
  return value !== undefined && grammar.kind !== 'container' ? valueHighlights(document, grammar, value) : keyHighlights(document, node);
}

/** `textDocument/documentHighlight` in a model file: the definition of a policy's name (write) and its attachments (read). */
export function modelHighlights(organization: Organization, position: Position): DocumentHighlight[] {
  const { document } = organization;
  const name = policyNameAt(organization, offsetAt(document, position))?.name;
  if (name === undefined) return [];
  const definition = organization.policies.get(name)?.nameSpan;
  return [
    ...(definition === undefined ? [] : [highlight(document, definition, DocumentHighlightKind.Write)]),
    ...attachedNames(organization, name).map((span) => highlight(document, span, DocumentHighlightKind.Read)),
  ];
}

function keyHighlights(document: Document, node: PolicyNode): DocumentHighlight[] {
  const key = foldKey(node.member.key.text);
  return [...statementsIn(document)]
    .filter(({ member, grammar, parent }) => foldKey(member.key.text) === key && sameMeaning(node, grammar, parent))
    .map(({ member, path }) => highlight(document, member.key, samePath(path, node.path) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read));
}

/** A rule is another thing than a plan of the same name; conditions of all operators are conditions. */
function sameMeaning(node: PolicyNode, grammar: GrammarNode, parent: GrammarContainer): boolean {
  return node.parent.names === undefined
    ? parent.names === undefined && grammar.kind === node.grammar.kind
    : parent.names?.noun === node.parent.names.noun;
}

function valueHighlights(document: Document, grammar: GrammarLeaf, value: ScalarNode): DocumentHighlight[] {
  return [...statementsIn(document)].flatMap((statement) => {
    if (statement.grammar.kind === 'container' || statement.grammar.value !== grammar.value || statement.member.value.type !== 'object') return [];
    const scalars = statement.member.value.members.filter(({ key }) => !isControl(key.text)).flatMap(({ value: each }) => (each.type === 'array' ? each.items : [each])).filter(isScalar);
    return scalars.filter(({ text }) => text === value.text).map((each) => highlight(document, each, DocumentHighlightKind.Read));
  });
}

function isControl(key: string): boolean {
  return foldKey(key) === '@@operators_allowed_for_child_policies';
}

interface KeyedStatement {
  readonly member: Member;
  readonly path: readonly string[];
  readonly grammar: GrammarNode;
  readonly parent: GrammarContainer;
}

function* statementsIn(document: Document): Generator<KeyedStatement> {
  if (document.root?.type === 'object') yield* below(document.root, policyGrammar, []);
}

function* below(object: ObjectNode, parent: GrammarContainer, around: readonly string[]): Generator<KeyedStatement> {
  for (const member of object.members) {
    const grammar = childGrammar(parent, member.key.text);
    if (grammar === undefined) continue;
    const path = [...around, member.key.text];
    yield { member, path, grammar, parent };
    if (grammar.kind === 'container' && member.value.type === 'object') yield* below(member.value, grammar, path);
  }
}

function highlight(document: Document, span: { readonly start: number; readonly end: number }, kind: DocumentHighlightKind): DocumentHighlight {
  return { range: rangeOf(document, withoutQuotes(document, span)), kind };
}
