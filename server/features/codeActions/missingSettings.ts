import { meantKey } from '../../core/admission/keys.ts';
import { acceptsValue, foldKey, type GrammarNode } from '../../core/grammar.ts';
import { applyEdits, type Fix, type Fixer } from './fix.ts';
import { insertMembers } from '../jsonLayout.ts';
import { grammarOf, type Place } from './place.ts';

/** Adds `plans`, the target of a copy action out of its key, and the tag key of an entry out of its name. */
export const insertMissing: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place);
  if (own === undefined) return insertPlans(place);
  const object = own.member.value;
  if (grammar?.kind !== 'container' || object.type !== 'object') return [];
  const present = new Set(object.members.map(({ key }) => foldKey(meantKey(key.text, grammar) ?? key.text)));
  const missing = grammar.required.filter((key) => !present.has(foldKey(key)));
  const derived = missing.flatMap((key) => derivedValue(key, own.member.key.text, grammar.keys.get(key)) ?? []);
  if (derived.length < missing.length || missing.length === 0) return [];
  const members = missing.map((key, index) => `${JSON.stringify(key)}: { "@@assign": ${JSON.stringify(derived[index])} }`);
  const fix: Fix = { title: `Add ${missing.join(' and ')}`, edits: [insertMembers(place.document, object, [members.join(', ')])], certain: missing.every((key) => key === 'target_backup_vault_arn') };
  return applyEdits(place.document.text, fix.edits) === place.document.text ? [] : [fix];
};

function insertPlans({ document }: Place): readonly Fix[] {
  if (document.root?.type !== 'object') return [];
  return [{ title: 'Add "plans"', edits: [insertMembers(document, document.root, ['"plans": {}'])], certain: false }];
}

/** The value of a setting that the name of its entry tells. */
function derivedValue(key: string, name: string, grammar: GrammarNode | undefined): string | undefined {
  if (grammar?.kind !== 'single' || (key !== 'target_backup_vault_arn' && key !== 'tag_key')) return undefined;
  return acceptsValue(grammar.value, name) ? name : undefined;
}
