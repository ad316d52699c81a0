import { acceptsValue, childGrammar, type GrammarContainer } from '../core/grammar.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import { pathTo, type Entity, type Organization } from '../model/organization.ts';
import { mentionedAt, mentionedChild, mentionedRoot, type MentionedNode } from '../features/mentions.ts';
import { whyNotSet, whyNotSetSentence, type WhyNotSet } from '../features/whyNotSet/whyNotSet.ts';
import { explainedControls, explainedReasons, explainedSettings, explainedTrace, valueOf, type Explanation } from './explanation.ts';
import { explainText } from './explainText.ts';
import { readTime } from './input.ts';
import { InputError } from './inputError.ts';
import { loadOrganization, requireTarget } from './organization.ts';
import type { Outcome } from './outcome.ts';

interface ExplainOptions {
  readonly organization: string;
  readonly target: string;
  readonly path: string;
  readonly format: 'text' | 'json';
  readonly at: string | undefined;
}

/**
 * `backup-policy explain`: the value of one setting with every statement of every level that had a part in it, the
 * settings of a group in brief, or why there is no value.
 * @throws InputError for a path with a key that AWS does not know.
 */
export function explain(options: ExplainOptions): Outcome {
  const { snapshot, organization } = loadOrganization(options.organization, readTime(options.at));
  const entity = requireTarget(organization, options.target);
  const tree = mentionedRoot(effectiveOf(snapshot, organization, entity).tree);
  const keys = options.path.split('/').filter((key) => key !== '');
  const path = mentionedPath(tree, keys) ?? knownPath(tree, keys) ?? keys;
  const answer = whyNotSet(snapshot, organization, entity, path);
  if (answer.state === 'unknown') throw new InputError(whyNotSetSentence(answer, entity));
  const explanation = explanationOf(snapshot, organization, entity, answer);
  const output = options.format === 'json' ? `${JSON.stringify(explanation, undefined, 2)}\n` : explainText(explanation, whyNotSetSentence(answer, entity));
  return { status: 0, output };
}

function explanationOf(snapshot: Snapshot, organization: Organization, entity: Entity, answer: Exclude<WhyNotSet, { readonly state: 'unknown' }>): Explanation {
  const mentioned = mentionedAt(effectiveOf(snapshot, organization, entity).tree, answer.path);
  return {
    target: entity.path,
    path: answer.path.join('/'),
    state: answer.state,
    value: mentioned === undefined ? null : valueOf(mentioned),
    levels: pathTo(entity).map((level) => ({ level: level.path, policies: level.attachments.map(({ policy }) => policy) })),
    trace: mentioned === undefined ? [] : explainedTrace(snapshot, mentioned),
    controls: mentioned === undefined ? [] : explainedControls(snapshot, mentioned),
    reasons: explainedReasons(snapshot, organization, answer.reasons),
    ...(answer.state === 'set' || answer.consequence === undefined ? {} : { consequence: answer.consequence }),
    ...(mentioned?.grammar.kind === 'container' ? { settings: explainedSettings(snapshot, mentioned) } : {}),
  };
}

/** Names may hold slashes of their own, like the ARNs of copy actions: a key takes as many parts as it needs. */
function mentionedPath(node: MentionedNode, parts: readonly string[]): readonly string[] | undefined {
  if (parts.length === 0) return node.path;
  for (let count = 1; count <= parts.length; count++) {
    const child = mentionedChild(node, parts.slice(0, count).join('/'));
    const found = child === undefined ? undefined : mentionedPath(child, parts.slice(count));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same for a path that no policy on the way speaks of to its end. */
function knownPath({ grammar, node }: MentionedNode, parts: readonly string[]): readonly string[] | undefined {
  return grammar.kind === 'container' && node !== undefined ? readPath(grammar, parts) : undefined;
}

function readPath(grammar: GrammarContainer, parts: readonly string[]): readonly string[] | undefined {
  for (let count = 1; count <= parts.length; count++) {
    const key = parts.slice(0, count).join('/');
    const child = childGrammar(grammar, key);
    if (child === undefined || count > 1 && (grammar.names === undefined || !acceptsValue(grammar.names.value, key))) continue;
    if (count === parts.length) return [key];
    const rest = child.kind === 'container' ? readPath(child, parts.slice(count)) : undefined;
    if (rest !== undefined) return [key, ...rest];
  }
  return undefined;
}
