import { placeOf, singleAt } from '../advice/effectivePlaces.ts';
import { effectiveAt, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { explanation, type Requirement, type Verdict } from './requirement.ts';
import { absentTag, letterCase } from './tagWords.ts';
import { isLike } from './wildcard.ts';

interface Operator {
  /** Whether a tag's value meets the condition; undefined for a resource without the tag. */
  readonly holds: (tag: string | undefined, wanted: string) => boolean;
  /** The words between the tag's value and the condition's, where it holds and where it does not. */
  readonly met: string;
  readonly unmet: string;
  /** True when a resource without the tag meets it. */
  readonly negated: boolean;
}

/**
 * What a condition asks of the value of a tag. Source: syntax §5.3 [doc]: `*` is a wildcard for the `like` operators
 * only; values count with their letter case. That a resource without the tag meets a negated condition is how IAM's
 * operators of these names work [inf].
 */
const operators: Readonly<Record<string, Operator>> = {
  string_equals: { holds: (tag, wanted) => tag === wanted, met: ', as the condition wants', unmet: ', not', negated: false },
  string_not_equals: { holds: (tag, wanted) => tag !== wanted, met: ', not', unmet: ', which the condition excludes', negated: true },
  string_like: { holds: (tag, wanted) => tag !== undefined && isLike(wanted, tag), met: ', like', unmet: ', not like', negated: false },
  string_not_like: { holds: (tag, wanted) => tag === undefined || !isLike(wanted, tag), met: ', not like', unmet: ', which the condition excludes by', negated: true },
};

/** The documented form of a condition's key. Source: syntax §5.3 [doc]. */
const tagKeyPrefix = 'aws:ResourceTag/';

/** What the conditions of a selection ask; all of them must be met. Source: syntax §5.3 [doc]. */
export function conditionRequirements(selection: EffectiveContainer): readonly Requirement[] {
  return Object.entries(operators).flatMap(([name, operator]) =>
    presentContainers(effectiveAt(selection, ['conditions', name])).map((condition) => requirementOf(condition, operator)));
}

function requirementOf(condition: EffectiveContainer, operator: Operator): Requirement {
  const [key, value] = [singleAt(condition, 'condition_key'), singleAt(condition, 'condition_value')];
  const { path } = condition;
  if (key === undefined || value === undefined) {
    return { path, verdict: () => 'unknown', explain: () => ({ message: `the condition "${condition.name}" has no key or no value that is known: a template or another policy would have to bring it` }) };
  }
  if (!key.text.startsWith(tagKeyPrefix)) {
    return { path, verdict: () => 'unknown', explain: () => explanation(`the condition key "${key.text}" has not the documented form ${tagKeyPrefix}<tag key>, so what AWS Backup makes of it is not known`, placeOf(key)) };
  }
  const tagKey = key.text.slice(tagKeyPrefix.length);
  return {
    path,
    verdict: ({ tags }): Verdict => (operator.holds(tags.get(tagKey), value.text) ? 'met' : 'unmet'),
    explain: ({ tags }) => {
      const tag = tags.get(tagKey);
      if (tag === undefined) return explanation(`${absentTag(tagKey, tags)}${operator.negated ? `, so the condition "${condition.name}" excludes nothing` : ''}`, placeOf(operator.negated ? value : key));
      const holds = operator.holds(tag, value.text);
      const words = holds ? operator.met : operator.unmet;
      const compared = words.endsWith(' wants') || words.endsWith(' excludes') ? '' : ` "${value.text}"`;
      const hint = !holds && !operator.negated && tag.toLowerCase() === value.text.toLowerCase() ? `: ${letterCase}` : '';
      return explanation(`tag "${tagKey}" is "${tag}"${words}${compared}${hint}`, placeOf(value));
    },
  };
}
