import { isScalar, type ObjectNode } from '../../core/document/tree.ts';
import { acceptsValue, foldKey } from '../../core/grammar.ts';
import { inStyle, removeMember } from '../jsonLayout.ts';
import { insertion, replacement, type FixEdit, type Fixer } from './fix.ts';
import { grammarOf } from './place.ts';
import { removal } from './statements.ts';

/** Keys under which AWS Backup and other tools name the entries of a list. */
const nameKeys: ReadonlySet<string> = new Set(['name', 'rulename', 'rule_name', 'selectionname', 'selection_name', 'backupplanname', 'plan_name']);

/** Makes an object of a list, its entries each under its own name or a number; offers to remove anything else. */
export const writeObject: Fixer = (place) => {
  const { document, owners, value } = place;
  const grammar = grammarOf(place);
  const own = owners.at(-1);
  if (value?.type === 'array' && value.closed && value.items.length === 0) return [{ title: 'Write {}', edits: [replacement(document, value, '{}')], certain: true }];
  if (own !== undefined && owners.length > 1 && value !== undefined && isScalar(value)) return removal(place, `Remove "${own.member.key.text}"`, false);
  if (value?.type !== 'array' || !value.closed || grammar?.kind !== 'container' || grammar.names?.value !== 'name') return [];
  const entries = value.items.filter((item) => item.type === 'object');
  if (entries.length === 0 || entries.length < value.items.length) return [];
  const { noun } = grammar.names;
  const taken = new Set<string>();
  const edits: FixEdit[] = [{ start: value.start, end: value.start + 1, newText: '{' }, { start: value.end - 1, end: value.end, newText: '}' }];
  for (const [index, entry] of entries.entries()) {
    const own = ownName(entry);
    const name = own === undefined || taken.has(foldKey(own.name)) ? `${noun.replace(/ /g, '-')}-${String(index + 1)}` : own.name;
    taken.add(foldKey(name));
    edits.push(insertion(entry.start, inStyle(document.text, `${JSON.stringify(name)}: `)));
    if (own?.name === name) edits.push(own.edit);
  }
  const numbered = entries.some((entry) => !taken.has(foldKey(ownName(entry)?.name ?? '')));
  return [{ title: numbered ? `Give each ${noun} a name; fill in your own` : `Put each ${noun} under its name`, edits, certain: false }];
};

function ownName(entry: ObjectNode): { readonly name: string; readonly edit: FixEdit } | undefined {
  const member = entry.members.find(({ key, value }) => nameKeys.has(foldKey(key.text)) && isScalar(value) && acceptsValue('name', value.text));
  return member === undefined || !isScalar(member.value) ? undefined : { name: member.value.text, edit: removeMember(entry, member) };
}
