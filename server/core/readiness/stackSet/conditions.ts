import type { TemplateMap } from './yaml.ts';

/** A condition of a template. */
export type Condition = TemplateMap;

/** True where the stack's Region is one of these. */
export function inRegions(regions: readonly string[]): Condition {
  return anyOf(regions.map((region) => ({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] })));
}

/** True where the parameter says so. */
export function isSet(parameter: string): Condition {
  return { 'Fn::Equals': [{ Ref: parameter }, 'true'] };
}

/** The condition with this name. */
export function named(name: string): Condition {
  return { Condition: name };
}

/** True where the condition is not. */
export function not(condition: Condition): Condition {
  return { 'Fn::Not': [condition] };
}

/** True where all are; there is at least one. */
export function allOf(conditions: readonly Condition[]): Condition {
  return joined('Fn::And', conditions);
}

/** True where one is; there is at least one. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return joined('Fn::Or', conditions);
}

/** CloudFormation takes two to ten conditions in one. */
const most = 10;

function joined(operator: 'Fn::And' | 'Fn::Or', conditions: readonly Condition[]): Condition {
  const [first, ...others] = conditions;
  if (first === undefined) return { 'Fn::Equals': ['true', 'true'] };
  if (others.length === 0) return first;
  if (conditions.length <= most) return { [operator]: conditions };
  const parts: Condition[] = [];
  for (let start = 0; start < conditions.length; start += most) parts.push(joined(operator, conditions.slice(start, start + most)));
  return joined(operator, parts);
}
