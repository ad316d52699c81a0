import { isConflictMarker } from '../document/strayText.ts';
import { directiveEnd } from '../document/template.ts';
import type { Member, ObjectNode } from '../document/tree.ts';
import { foldKey } from '../grammar.ts';
import type { Path, Report } from './report.ts';

/** Source: syntax §1 [doc, obs]: keys must differ, and AWS compares them without case. */
export function checkDuplicates(node: ObjectNode, path: Path, report: Report): void {
  const seen = new Map<string, Member>();
  for (const member of node.members) {
    // Only one of the branches that a template chooses from reaches AWS.
    if (isDirective(member)) seen.clear();
    if (member.key.template) continue;
    const folded = foldKey(member.key.text);
    const first = seen.get(folded);
    if (first === undefined) {
      seen.set(folded, member);
      continue;
    }
    const same = first.key.text === member.key.text;
    const message = same
      ? `"${member.key.text}" stands twice in one object: AWS refuses the policy. Rename or remove one of the two.`
      : `"${member.key.text}" and "${first.key.text}" differ only in letter case, and AWS compares keys without it: it refuses the policy. Rename or remove one of the two.`;
    report.add('duplicate-key', member.key, [...path, member.key.text], message);
  }
}

function isDirective({ key }: Member): boolean {
  return key.template && !key.quoted && (directiveEnd(key.text, 0) !== undefined || isConflictMarker(key.text));
}
