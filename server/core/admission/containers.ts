import type { Member, ObjectNode } from '../document/tree.ts';
import { acceptsValue, childGrammar, describeValue, foldKey, type GrammarContainer } from '../grammar.ts';
import { checkControl, controlKey } from './controls.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkUnknownKey, checkUnknownOperator, meantKey, nounOf } from './keys.ts';
import { checkLeaf } from './leaves.ts';
import { checkNamelessSettings } from './levels.ts';
import type { Path, Report } from './report.ts';

const valueOperators: ReadonlySet<string> = new Set(['@@assign', '@@append', '@@remove']);

/** Source: common-mistakes C10 [obs]. */
const nothingDeletes = 'Nothing that is inherited can be deleted lower down: attach the policy that has it where it is wanted.';

/**
 * Checks a container and everything in it.
 * Source: syntax §1 and §1.1 [obs]: unknown keys and value operators are refused at every container.
 */
export function checkContainer(member: Member, grammar: GrammarContainer, path: Path, report: Report): void {
  const node = member.value;
  if (node.type === 'missing' || node.type === 'template') return;
  if (node.type !== 'object') {
    const noun = grammar.names === undefined ? 'settings' : `${grammar.names.noun}s by name`;
    report.add('wrong-shape', node, path, `"${member.key.text}" takes an object with ${noun}: AWS refuses ${node.type === 'array' ? 'a list' : 'a plain value'} here.${node.type === 'null' ? ` ${nothingDeletes}` : ''}`);
    return;
  }
  checkDuplicates(node, path, report);
  const nameless = checkNamelessSettings(node, grammar, path, report);
  for (const child of node.members) if (!nameless.has(child)) checkChild(child, grammar, [...path, child.key.text], report, path.at(-1) ?? '');
  checkRequired(member, node, grammar, path, report);
}

function checkChild(child: Member, grammar: GrammarContainer, path: Path, report: Report, owner: string): void {
  const folded = foldKey(child.key.text);
  if (folded === controlKey) {
    checkControl(child, path, report);
    return;
  }
  if (valueOperators.has(folded)) {
    report.add('operator-not-allowed', child.key, path, `${child.key.text} sets the value of a setting, but "${owner}" holds ${nounOf(grammar)}: AWS refuses it here. ${folded === '@@remove' ? nothingDeletes : 'Put it into one of the settings inside.'}`);
    return;
  }
  if (isOperatorLike(child.key.text, grammar)) {
    checkUnknownOperator(child, 'container', path, report);
    return;
  }
  const next = childGrammar(grammar, child.key.text);
  if (next === undefined) {
    if (!child.key.template) checkUnknownKey(child, grammar, `"${owner}"`, path, report);
    return;
  }
  if (grammar.names !== undefined && !child.key.template && !acceptsValue(grammar.names.value, child.key.text)) {
    report.add('invalid-name', child.key, path, `"${child.key.text}" cannot name a ${grammar.names.noun}: AWS takes ${describeValue(grammar.names.value)}.`);
  }
  if (grammar.names === undefined && !child.key.template && !grammar.keys.has(child.key.text)) {
    report.add('key-case', child.key, path, `AWS documents this key as "${documentedKey(grammar, folded)}". It accepts other letter case, but people search for the documented one.`);
  }
  if (next.kind === 'container') checkContainer(child, next, path, report);
  else checkLeaf(child, next, path, report);
}

/** What begins with `@@` is an operator; with one `@` it is a misspelt one, unless it can be a name here (a tag may be called @team). */
function isOperatorLike(key: string, grammar: GrammarContainer): boolean {
  if (!key.startsWith('@')) return false;
  return key.startsWith('@@') || grammar.names === undefined || !acceptsValue(grammar.names.value, key);
}

function documentedKey(grammar: GrammarContainer, folded: string): string {
  return [...grammar.keys.keys()].find((key) => foldKey(key) === folded) ?? folded;
}

/** Settings that AWS wants together in one document, even in a partial policy. Source: syntax §§3.3, 3.4, 5 [obs]. */
function checkRequired(member: Member, node: ObjectNode, grammar: GrammarContainer, path: Path, report: Report): void {
  // What a template or an operator in the wrong place brings may be just what is missing.
  if (node.members.some((child) => child.key.template || valueOperators.has(foldKey(child.key.text))) || !node.closed) return;
  // A misspelt key is reported as such; it counts as present, so that one mistake stays one problem.
  const present = new Set(node.members.map((child) => foldKey(meantKey(child.key.text, grammar) ?? child.key.text)));
  const missing = grammar.required.filter((key) => !present.has(foldKey(key)));
  if (missing.length > 0) {
    const list = missing.map((key) => `"${key}"`).join(' and ');
    report.add('missing-setting', member.key, path, `${list} ${missing.length > 1 ? 'are' : 'is'} missing in "${member.key.text}": AWS demands ${missing.length > 1 ? 'them' : 'it'} in the same document, also in a partial policy.`);
  }
  const selectsResources = foldKey(path.at(-2) ?? '') === 'resources' && foldKey(path.at(-3) ?? '') === 'selections';
  if (selectsResources && !present.has('resource_types') && !present.has('conditions')) {
    report.add('missing-setting', member.key, path, `"resource_types" is missing in "${member.key.text}": AWS demands it in the same document unless there are "conditions".`);
  }
}
