import { parseDocument } from '../../server/core/document/parse.ts';
import type { Member, Node, Span } from '../../server/core/document/tree.ts';
import type { Random } from '../property/random.ts';

const inheritedNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const names = [...inheritedNames, '', ' ', '\ud800', '\udc00x', 'a\0b', '<img src=x onerror=alert(1)>', '[x](command:y)', '=1+1', '@@assign', '@@none', '../x', '/etc/passwd', 'A/B', 'K', 'ſ', 'İ', 'plans', 'x'.repeat(300)];
const keptWords = ['plans', 'rules', 'selections', 'tags', 'resources', 'root', 'organizationalUnits', 'accounts', 'policies', 'file', 'name', 'id', 'guardrails', 'someRule', 'everyRule', 'lifecycle', 'copy_actions', '@@append', '@@remove', '@@operators_allowed_for_child_policies'];
const numbers = ['1e400', '-1e400', '9007199254740993', '-0', '0.1', '1e-400', '9'.repeat(400), '60.0', '2147483648', '-1', '00', '0x10', 'NaN', 'Infinity'];
const tokens = ['${x}', '"${x}"', '"${x}y${', '{{ x }}', '"{{ x', '%[1]s', '%{ for a in b }', '%{ endfor ~}', '${jsonencode({a = "}"})}', '<%= x %>', '"$${x}"', '{% if x %}'];

function membersOf(text: string): readonly Member[] {
  const members: Member[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'array') node.items.forEach(visit);
    if (node.type !== 'object') return;
    for (const member of node.members) {
      members.push(member);
      visit(member.value);
    }
  };
  const { root } = parseDocument(text);
  if (root !== undefined) visit(root);
  return members;
}

function replaced(text: string, { start, end }: Span, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function otherCase(text: string, random: Random): string {
  return Array.from(text, (character) => (random.oneIn(2) ? character.toUpperCase() : character.toLowerCase())).join('');
}

/** Keys and values of a tolerant tree, spoilt where they stand: names that objects inherit, other letter case, numbers that no computer has, tokens of templates, and subtrees in the wrong place. */
export function spoiltMembers(text: string, random: Random): string {
  let spoilt = text;
  for (let times = 1 + random.below(3); times > 0; times--) {
    const members = membersOf(spoilt);
    if (members.length === 0) return spoilt;
    const { key, value, start, end } = random.pick(members);
    switch (random.below(9)) {
      case 0: case 1: spoilt = replaced(spoilt, key, JSON.stringify(random.pick(names))); break;
      case 2: spoilt = replaced(spoilt, key, otherCase(spoilt.slice(key.start, key.end), random)); break;
      case 3: spoilt = replaced(spoilt, value, random.pick(numbers)); break;
      case 4: spoilt = replaced(spoilt, random.oneIn(2) ? value : key, random.pick(tokens)); break;
      case 5: spoilt = replaced(spoilt, key, JSON.stringify(random.pick(keptWords))); break;
      case 6: spoilt = replaced(spoilt, value, JSON.stringify(random.pick(names))); break;
      case 7: spoilt = replaced(spoilt, value, `{${spoilt.slice(start, end)}}`); break;
      default: {
        const other = random.pick(members);
        spoilt = replaced(spoilt, value, spoilt.slice(other.value.start, other.value.end));
      }
    }
  }
  return spoilt;
}
