import { effectiveAt, type EffectiveContainer, type EffectiveElement } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { listAt, placeOf, related, singleAt } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';

interface TagText {
  readonly element: EffectiveElement;
  readonly path: readonly string[];
  readonly what: 'tag_key' | 'tag_value';
}

/** Tag keys and values that one effective policy writes in two letter cases: AWS Backup compares exactly. Source: common-mistakes D7 [doc]. */
export function tagCaseAdvice(root: EffectiveContainer): readonly Finding[] {
  const known = new Map<string, TagText>();
  const selections = presentContainers(root.children.get('plans')).flatMap((plan) => presentContainers(effectiveAt(plan, ['selections', 'tags'])));
  const findings: Finding[] = [];
  for (const selection of selections) {
    for (const text of textsOf(selection)) {
      const group = `${text.what}\n${text.what === 'tag_value' ? singleAt(selection, 'tag_key')?.text.toLowerCase() ?? '' : ''}\n${text.element.text.toLowerCase()}`;
      const first = known.get(group);
      if (first === undefined) known.set(group, text);
      else if (first.element.text !== text.element.text && !selections.some((each) => listsBoth(each, first.element.text, text.element.text))) findings.push(differs(first, text));
    }
  }
  return findings;
}

function textsOf(selection: EffectiveContainer): readonly TagText[] {
  const key = singleAt(selection, 'tag_key');
  const values = listAt(selection, 'tag_value').map((element): TagText => ({ element, path: [...selection.path, 'tag_value'], what: 'tag_value' }));
  return key === undefined ? values : [{ element: key, path: [...selection.path, 'tag_key'], what: 'tag_key' }, ...values];
}

/** Who lists a value in both cases knows the difference. */
function listsBoth(selection: EffectiveContainer, ...texts: readonly string[]): boolean {
  const values = new Set(listAt(selection, 'tag_value').map((value) => value.text));
  return texts.every((text) => values.has(text));
}

function differs(first: TagText, second: TagText): Finding {
  return {
    rule: 'tag-case',
    ...placeOf(second.element),
    path: second.path,
    message: `"${second.element.text}" and "${first.element.text}" are different for AWS Backup, which compares tags with their letter case. Write both alike unless resources carry both.`,
    related: [related(first.element, first.what)],
  };
}
