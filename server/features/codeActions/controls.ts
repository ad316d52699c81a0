import { nearest } from '../../core/admission/keys.ts';
import { isScalar, type ArrayNode, type Node, type ObjectNode, type ScalarNode } from '../../core/document/tree.ts';
import { childGrammar, controlValues, grammarAt, type GrammarNode } from '../../core/grammar.ts';
import { insertion, replacement, type Fix, type Fixer } from './fix.ts';
import { insertMembers, removeItem } from '../jsonLayout.ts';
import { memberAt } from './place.ts';

const known = controlValues.map(({ value }) => value);

/** Cleans up a list of allowed operators. */
export const fixControl: Fixer = ({ document, owners, value }) => {
  const list = owners.at(-1)?.member.value;
  if (list === undefined || value === undefined) return [];
  if (list.type !== 'array') return isScalar(list) ? wrapped(list, meantOperator(list)) : [];
  if (value === list) {
    return ['@@none', '@@all'].map((text): Fix => ({ title: `Write ["${text}"]`, edits: [replacement(document, list, `["${text}"]`)], certain: false }));
  }
  const remove: Fix = { title: 'Remove it from the list', edits: [removeItem(list, value)], certain: false };
  if (!isScalar(value)) return list.items.length > 1 ? [remove] : [];
  if (list.items.slice(0, list.items.indexOf(value)).some((item) => isScalar(item) && item.text === value.text)) {
    return [{ ...remove, title: 'Remove the repeated operator', certain: true }];
  }
  if (value.text.toLowerCase() === '@@none') return none(list, value, document.text.slice(value.start, value.end));
  const meant = meantOperator(value);
  if (meant === undefined) return list.items.length > 1 ? [remove] : [];
  const repeated = list.items.some((item) => isScalar(item) && item.text === meant);
  return [repeated ? { ...remove, certain: true } : { title: `Write ${meant}`, edits: [replacement(document, value, JSON.stringify(meant))], certain: true }];
};

/** Puts the control of a group into each setting in it, where the setting has none. */
export const lockSettings: Fixer = ({ document, owners }) => {
  const own = owners.at(-1);
  if (own === undefined) return [];
  const control = document.text.slice(own.member.value.start, own.member.value.end).replace(/\s*[\r\n]\s*/g, '');
  const path = owners.slice(0, -1).map(({ member }) => member.key.text);
  const settings = settingsIn(own.object, grammarAt(path)).filter((setting) => memberAt(setting, own.member.key.text) === undefined);
  if (settings.length === 0) return [];
  const edits = settings.map((setting) => insertMembers(document, setting, [`"@@operators_allowed_for_child_policies": ${control}`]));
  return [{ title: settings.length === 1 ? 'Put the control into the setting below' : `Put the control into the ${String(settings.length)} settings below`, edits, certain: false }];
};

function settingsIn(object: ObjectNode, grammar: GrammarNode | undefined): readonly ObjectNode[] {
  if (grammar?.kind !== 'container') return [];
  return object.members.flatMap(({ key, value }) => {
    const child = childGrammar(grammar, key.text);
    if (child === undefined || value.type !== 'object') return [];
    return child.kind === 'container' ? settingsIn(value, child) : [value];
  });
}

/** The control value that a text means, with one `@`, none, or in another letter case; undefined for what only resembles one. */
function meantOperator({ text }: ScalarNode): string | undefined {
  return nearest(`@@${text.trim().replace(/^@+/, '').toLowerCase()}`, known);
}

function wrapped(node: ScalarNode, meant: string | undefined): readonly Fix[] {
  if (meant === undefined) return [];
  const edits = meant === node.text ? [insertion(node.start, '['), insertion(node.end, ']')] : [{ start: node.start, end: node.end, newText: `["${meant}"]` }];
  return [{ title: `Write ["${meant}"]`, edits, certain: true }];
}

function none(list: ArrayNode, item: Node, raw: string): readonly Fix[] {
  return [
    { title: 'Keep only "@@none": lower policies may change nothing', edits: [{ start: list.start + 1, end: list.end - (list.closed ? 1 : 0), newText: raw }], certain: false },
    { title: 'Remove "@@none" and keep the others', edits: [removeItem(list, item)], certain: false },
  ];
}
