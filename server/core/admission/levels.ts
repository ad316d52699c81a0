import type { Member, Node, ObjectNode } from '../document/tree.ts';
import { childGrammar, foldKey, grammarAt, policyGrammar, type GrammarContainer } from '../grammar.ts';
import { controlKey } from './controls.ts';
import type { Path, Report } from './report.ts';

const planGrammar = grammarAt(['plans', 'plan']);

/**
 * Reports settings that stand where names belong, such as "rules" right below "plans", once for all of them.
 * @returns the members that belong one level deeper, which need no problem of their own.
 */
export function checkNamelessSettings(node: ObjectNode, grammar: GrammarContainer, path: Path, report: Report): ReadonlySet<Member> {
  const { names } = grammar;
  if (names === undefined) return new Set();
  const nameless = node.members.filter(({ key, value }) => isSetting(key.text, names.child) && !isOwner(value, names.child));
  const [first] = nameless;
  if (first !== undefined) {
    const key = first.key.text;
    report.add('unknown-key', first.key, [...path, key], `"${key}" is a setting of a ${names.noun}, and the name of the ${names.noun} is missing: AWS refuses the policy. Put the settings into an object with a name, "${path.at(-1) ?? ''}": { "…": { "${key}": … } }.`);
  }
  return new Set(nameless);
}

/**
 * Reports plans, or settings of one, that stand at the top of a policy without "plans", once for all of them.
 * @returns the members that belong into "plans".
 */
export function checkPlansAtRoot(root: ObjectNode, report: Report): ReadonlySet<Member> {
  if (planGrammar?.kind !== 'container' || root.members.some(({ key }) => key.template || childGrammar(policyGrammar, key.text) !== undefined)) return new Set();
  const settings = root.members.filter(({ key, value }) => isSetting(key.text, planGrammar) && value.type === 'object');
  const plans = root.members.filter(({ value }) => value.type === 'object' && value.members.some(({ key }) => isSetting(key.text, planGrammar)));
  const misplaced = settings.length > 0 ? settings : plans;
  const [first] = misplaced;
  if (first !== undefined) {
    const key = first.key.text;
    const advice = settings.length > 0 ? `is a setting of a plan: AWS refuses it at the top of a policy. Put the settings into "plans": { "…": { "${key}": … } }` : `is no key of the policy: AWS refuses the policy. Put the plan into "plans": { "${key}": … }`;
    report.add('unknown-key', first.key, [key], `"${key}" ${advice}.`);
  }
  return new Set(misplaced);
}

function isSetting(key: string, grammar: GrammarContainer): boolean {
  return grammar.names === undefined && !key.startsWith('@') && childGrammar(grammar, key) !== undefined;
}

/** True for what may be the owner of settings after all: a plan may be called "rules". */
function isOwner(value: Node, grammar: GrammarContainer): boolean {
  if (value.type !== 'object') return value.type === 'template' || value.type === 'missing';
  return value.members.length === 0 || value.members.some(({ key }) => key.template || foldKey(key.text) === controlKey || isSetting(key.text, grammar));
}
