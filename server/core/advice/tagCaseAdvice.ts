import type { EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { comparedPlan, tagSelections, type TagText } from './comparedPlan.ts';
import { listAt, placeOf, related } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';

/** Tag keys and values that one effective policy writes in two letter cases: AWS Backup compares exactly. Source: common-mistakes D7 [doc]. */
export function tagCaseAdvice(root: EffectiveContainer): readonly Finding[] {
  const known = new Map<string, TagText>();
  const plans = presentContainers(root.children.get('plans'));
  const findings: Finding[] = [];
  for (const plan of plans) {
    for (const text of comparedPlan(plan).tagTexts) {
      const first = known.get(text.group);
      if (first === undefined) known.set(text.group, text);
      else if (first.element.text !== text.element.text && !plans.flatMap(tagSelections).some((each) => listsBoth(each, first.element.text, text.element.text))) findings.push(differs(first, text));
    }
  }
  return findings;
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
