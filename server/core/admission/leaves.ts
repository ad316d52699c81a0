import { isScalar, type Member, type Node, type ScalarNode } from '../document/tree.ts';
import { acceptsValue, describeValue, foldKey, type GrammarLeaf } from '../grammar.ts';
import { checkControl, controlKey } from './controls.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkUnknownOperator } from './keys.ts';
import type { Path, Report } from './report.ts';
import { checkSchedule } from './schedules.ts';

/** Checks a setting: an object of inheritance operators. Source: syntax §1 and §1.1 [obs]. */
export function checkLeaf(member: Member, grammar: GrammarLeaf, path: Path, report: Report): void {
  const node = member.value;
  if (node.type === 'missing' || node.type === 'template') return;
  if (node.type !== 'object') {
    report.add('missing-operator', node, path, `"${member.key.text}" has a value without an inheritance operator: AWS refuses it. Write { "@@assign": … }.`);
    return;
  }
  checkDuplicates(node, path, report);
  for (const part of node.members) checkOperator(part, member, grammar, [...path, part.key.text], report);
}

function checkOperator(part: Member, setting: Member, grammar: GrammarLeaf, path: Path, report: Report): void {
  const folded = foldKey(part.key.text);
  switch (folded) {
    case controlKey:
      checkControl(part, path, report);
      return;
    case '@@append':
    case '@@remove':
      if (grammar.kind === 'single') {
        report.add('operator-not-allowed', part.key, path, `"${setting.key.text}" holds a single value, and ${part.key.text} works on lists only: AWS refuses the policy. Use @@assign.`);
        return;
      }
      checkValues(part, setting, grammar, path, report);
      return;
    case '@@assign':
      checkValues(part, setting, grammar, path, report);
      return;
    default:
      if (!part.key.template) checkUnknownOperator(part, grammar.kind, path, report, setting);
  }
}

function checkValues(part: Member, setting: Member, grammar: GrammarLeaf, path: Path, report: Report): void {
  const { value } = part;
  if (value.type === 'missing' || value.type === 'template') return;
  if (grammar.kind === 'single') {
    if (isScalar(value)) checkValue(value, setting, grammar, path, report);
    else report.add('single-value-expected', value, path, `"${setting.key.text}" takes one value: AWS refuses ${shape(value)} here.`);
    return;
  }
  if (value.type !== 'array') {
    report.add('list-expected', value, path, `"${setting.key.text}" takes a list: AWS refuses ${shape(value)} here, even for one value. Put it in square brackets.`);
    return;
  }
  if (value.items.length === 0 && value.closed && grammar.minimumItems > 0) {
    report.add('empty-list', value, path, `The list of "${setting.key.text}" must have at least one value: AWS refuses an empty one.`);
  }
  for (const item of value.items) {
    if (isScalar(item)) checkValue(item, setting, grammar, path, report);
    else if (item.type === 'object' || item.type === 'array') {
      report.add('single-value-expected', item, path, `The list of "${setting.key.text}" holds plain values: AWS refuses ${shape(item)} in it.`);
    }
  }
}

function checkValue(value: ScalarNode, setting: Member, grammar: GrammarLeaf, path: Path, report: Report): void {
  if (value.template) return;
  if (grammar.value === 'scheduleExpression') {
    checkSchedule(value, path, report);
    return;
  }
  if (acceptsValue(grammar.value, value.text)) return;
  const shown = value.text === '' ? 'An empty text' : `"${shorten(value.text)}"`;
  report.add('invalid-value', value, path, `${shown} is no value for "${setting.key.text}": AWS takes ${describeValue(grammar.value)}.`);
}


function shape(node: Node): string {
  if (node.type === 'array') return 'a list';
  return node.type === 'object' ? 'an object' : 'a single value';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
