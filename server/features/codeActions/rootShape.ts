import type { Document, Member, ObjectNode, Span } from '../../core/document/tree.ts';
import { acceptsValue, childGrammar, grammarAt, type GrammarNode } from '../../core/grammar.ts';
import { indentAt, indentationUnit, inStyle } from '../jsonLayout.ts';
import { lineEndOf } from '../indentation.ts';
import type { Fix, FixEdit } from './fix.ts';
import { memberAt } from './place.ts';

const planGrammar: GrammarNode | undefined = grammarAt(['plans', 'plan']);

/** Puts plans, or the settings of one plan, that stand at the top of a policy into "plans". */
export function wrapInPlans(document: Document, root: ObjectNode): readonly Fix[] {
  const known = remembered.get(root);
  if (known !== undefined) return known;
  const fixes = plansAround(document, root);
  remembered.set(root, fixes);
  return fixes;
}

/** Each of the keys beside "plans" asks. */
const remembered = new WeakMap<ObjectNode, readonly Fix[]>();

function plansAround(document: Document, root: ObjectNode): readonly Fix[] {
  if (memberAt(root, 'plans') !== undefined) return [];
  const settings = root.members.filter(isPlanSetting);
  if (settings.length > 0) return wrapped(document, root, settings, ['"plans": ', '"plan": '], 'Put the settings into a plan in "plans"', false);
  const plans = root.members.filter(isPlan);
  return wrapped(document, root, plans, ['"plans": '], `Put ${plans.length === 1 ? `"${plans[0]?.key.text ?? ''}"` : 'the plans'} into "plans"`, true);
}

/** True for a key of a plan with something in it. */
function isPlanSetting({ key, value }: Member): boolean {
  if (planGrammar?.kind !== 'container' || value.type !== 'object') return false;
  return childGrammar(planGrammar, key.text) !== undefined;
}

/** True for an empty object, or one with keys of a plan as AWS documents them, under a name that AWS takes. */
function isPlan({ key, value }: Member): boolean {
  if (planGrammar?.kind !== 'container' || value.type !== 'object' || !acceptsValue('name', key.text)) return false;
  return value.members.length === 0 || value.members.some((member) => planGrammar.keys.has(member.key.text));
}

function wrapped(document: Document, root: ObjectNode, members: readonly Member[], keys: readonly string[], title: string, certain: boolean): readonly Fix[] {
  const [first, last] = [members[0], members.at(-1)];
  if (first === undefined || last === undefined) return [];
  const between = root.members.slice(root.members.indexOf(first), root.members.indexOf(last) + 1);
  if (between.length !== members.length) return [];
  return [{ title, edits: keysAround(document, { start: first.start, end: last.end }, keys), certain }];
}

/** The edits that put members one object deeper for each key, the lines between them with more indentation. */
function keysAround({ text }: Document, span: Span, keys: readonly string[]): readonly FixEdit[] {
  const content = text.slice(span.start, span.end);
  const own = indentAt(text, span.start);
  const startsLine = text.slice(0, span.start - own.length).endsWith('\n') && text.slice(span.start - own.length, span.start) === own;
  if (!startsLine) {
    return [
      { start: span.start, end: span.start, newText: inStyle(text, keys.map((key) => `${key}{ `).join('')) },
      { start: span.end, end: span.end, newText: inStyle(text, ' }'.repeat(keys.length)) },
    ];
  }
  const [eol, unit] = [lineEndOf(text), indentationUnit(text)];
  const depth = (count: number): string => `${own}${unit.repeat(count)}`;
  const edits: FixEdit[] = [{ start: span.start, end: span.start, newText: keys.map((key, index) => `${inStyle(text, key)}{${eol}${depth(index + 1)}`).join('') }];
  for (const { index } of content.matchAll(/\n(?=[ \t]*\S)/g)) {
    const at = span.start + index + 1;
    edits.push({ start: at, end: at, newText: unit.repeat(keys.length) });
  }
  edits.push({ start: span.end, end: span.end, newText: keys.map((_key, index) => `${eol}${depth(keys.length - 1 - index)}}`).join('') });
  return edits;
}
