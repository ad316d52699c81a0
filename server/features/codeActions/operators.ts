import { nearest } from '../../core/admission/keys.ts';
import { foldKey, operators, policyGrammar } from '../../core/grammar.ts';
import type { Fixer } from './fix.ts';
import { isClose, rename } from './keys.ts';
import { grammarOf, memberAt } from './place.ts';
import { removal } from './statements.ts';

/** What authors write for an operator whose name is not close to it. */
const operatorSynonyms: Readonly<Record<string, string>> = {
  '@@add': '@@append', '@@set': '@@assign', '@@replace': '@@assign', '@@overwrite': '@@assign', '@@delete': '@@remove',
};

/** Writes the operator that is nearest to a misspelt one. */
export const fixUnknownOperator: Fixer = (place) => {
  const own = place.owners.at(-1);
  const kind = grammarOf(place, 1)?.kind;
  if (own === undefined || kind === undefined) return [];
  const known = operators.filter((operator) => operator.kinds.has(kind)).map((operator) => operator.name);
  const written = `@@${own.member.key.text.replace(/^@+/, '').toLowerCase()}`;
  const synonym = operatorSynonyms[written];
  const meant = known.find((name) => name === synonym) ?? nearest(written, known);
  const fixes = meant === undefined ? [] : rename(place, own, meant, `Write ${meant}`, isClose(written, meant));
  return fixes.length > 0 ? fixes : removal(place, `Remove "${own.member.key.text}"`, false);
};

/** Writes `@@assign` for a list operator on a single value; opens an operator that was put around settings. */
export const fixOperator: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = place.owners.length === 1 ? policyGrammar : grammarOf(place, 1);
  if (own === undefined || grammar === undefined) return [];
  const { member, object } = own;
  if (grammar.kind !== 'container') {
    const fixes = rename(place, own, '@@assign', 'Write @@assign', foldKey(member.key.text) === '@@append');
    const item = member.value.type === 'array' && member.value.items.length === 1 ? member.value.items[0] : undefined;
    if (item === undefined) return fixes;
    const outside = [{ start: member.value.start, end: item.start, newText: '' }, { start: item.end, end: member.value.end, newText: '' }];
    return fixes.map((fix) => ({ ...fix, edits: [...fix.edits, ...outside] }));
  }
  if (member.value.type !== 'object' || foldKey(member.key.text) !== '@@assign') return removal(place, `Remove ${member.key.text}`, false);
  const inner = member.value.members;
  const [first, last] = [inner[0], inner.at(-1)];
  if (first === undefined || last === undefined || inner.some(({ key }) => memberAt(object, key.text) !== undefined)) return removal(place, `Remove ${member.key.text}`, false);
  return [{
    title: `Remove ${member.key.text} and keep what is in it`,
    edits: [{ start: member.start, end: first.start, newText: '' }, { start: last.end, end: member.end, newText: '' }],
    certain: true,
  }];
};

/** Writes `@@append` for the `@@assign` of a list. */
export const writeAppend: Fixer = (place) => {
  const own = place.owners.at(-1);
  return own?.member.value.type === 'array' ? rename(place, own, '@@append', 'Add to the inherited list: @@append', false) : [];
};
