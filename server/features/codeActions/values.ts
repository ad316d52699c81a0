import { isScalar, type ScalarNode } from '../../core/document/tree.ts';
import { acceptsValue, foldKey, type ValueType } from '../../core/grammar.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { freeName, rename } from './keys.ts';
import { grammarOf, type Place } from './place.ts';
import { proposalsFor } from './proposals.ts';
import { removal } from './statements.ts';
import { removeMember } from '../jsonLayout.ts';

/** Writes a value that AWS takes and the author probably meant. */
export const fixValue: Fixer = (place) => {
  const { document, value } = place;
  const grammar = grammarOf(place, 1);
  if (value === undefined || !isScalar(value) || grammar === undefined || grammar.kind === 'container') return [];
  if (value.type === 'null') return removal(place, 'Remove it: null sets nothing and deletes nothing', false);
  if (grammar.value === 'days' && (Number(value.text) === -1 || Number(value.text) === 0)) return removeForever(place);
  if (grammar.value === 'tagKey' && value.text === '') return nameTag(place, value);
  return accepted(grammar.value, value.text).map(({ text, title, certain }): Fix => {
    const bare = value.type !== 'string' && /^(?:true|false|[1-9]\d*)$/.test(text);
    return { title, edits: [replacement(document, value, bare ? text : JSON.stringify(text))], certain };
  });
};

/** Entries are named like their tag key. */
function nameTag({ document, owners }: Place, value: ScalarNode): readonly Fix[] {
  const name = owners.at(-3)?.member.key.text;
  return name === undefined || name === '' ? [] : [{ title: `Write ${name}`, edits: [replacement(document, value, JSON.stringify(name))], certain: false }];
}

function removeForever({ owners }: Place): readonly Fix[] {
  const setting = owners.at(-2);
  if (setting === undefined) return [];
  const key = foldKey(setting.member.key.text);
  return [{ title: `Remove ${key}: ${key === 'delete_after_days' ? 'backups are kept forever' : 'backups never move to cold storage'}`, edits: [removeMember(setting.object, setting.member)], certain: false }];
}

/** Writes a name in the characters that AWS takes, or mends the ARN that names a copy action. */
export const fixName: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place, 1);
  if (own === undefined || grammar?.kind !== 'container' || grammar.names === undefined) return [];
  const type = grammar.names.value;
  return accepted(type, own.member.key.text).flatMap(({ text, title, certain }) => {
    const free = type === 'name' ? freeName(own, text) : text;
    return rename(place, own, free, type === 'name' ? `Rename to "${free}"` : title, certain);
  });
};

/** Writes the path of the default role, and "aws:ResourceTag/" before the key of a condition. */
export const fixText: Fixer = ({ document, value, problem: { rule } }) => {
  if (value?.type !== 'string') return [];
  const text = rule === 'default-role-path' ? value.text.replace(/:role\/([^/]+)$/, ':role/service-role/$1') : `aws:ResourceTag/${value.text.split('/').at(-1) ?? ''}`;
  if (text === value.text || text.endsWith('/')) return [];
  return [{ title: `Write ${text}`, edits: [replacement(document, value, JSON.stringify(text))], certain: rule === 'default-role-path' }];
};

function accepted(type: ValueType, text: string): ReturnType<typeof proposalsFor> {
  return proposalsFor(type, text).filter((proposal) => proposal.text !== text && acceptsValue(type, proposal.text));
}
