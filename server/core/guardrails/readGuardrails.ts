import { isScalar, type Document, type Member, type Node, type ObjectNode } from '../document/tree.ts';
import type { AccountPattern, CopyRequirements, DayBounds, GuardedResources, Guardrail, GuardrailLevel, Guardrails, RuleRequirements } from './guardrail.ts';

/**
 * Reads a guardrails file as far as it can be understood; never throws. What is wrong with it is found by
 * `guardrailFileProblems`.
 */
export function readGuardrails(document: Document): Guardrails {
  const root = asObject(document.root);
  const named = new Map<string, Guardrail>();
  for (const member of membersOf(objectAt(root, 'guardrails'))) {
    if (!named.has(member.key.text) && member.value.type === 'object') named.set(member.key.text, readGuardrail(member, member.value));
  }
  return { organization: textNode(valueAt(root, 'organization')), guardrails: [...named.values()] };
}

function readGuardrail(member: Member, node: ObjectNode): Guardrail {
  return {
    name: member.key.text,
    nameSpan: member.key,
    span: member,
    description: textNode(valueAt(node, 'description'))?.text,
    level: levelOf(textNode(valueAt(node, 'level'))?.text),
    accounts: textsAt(node, 'accounts') ?? [],
    except: textsAt(node, 'except') ?? [],
    resources: readResources(objectAt(node, 'resources')),
    someRule: readRequirements(objectAt(node, 'someRule')),
    everyRule: readRequirements(objectAt(node, 'everyRule')),
  };
}

function levelOf(text: string | undefined): GuardrailLevel {
  return text === 'warning' || text === 'info' ? text : 'error';
}

function readResources(node: ObjectNode | undefined): GuardedResources | undefined {
  const tag = objectAt(node, 'tag');
  const [key, value] = [textNode(valueAt(tag, 'key'))?.text, textNode(valueAt(tag, 'value'))?.text];
  const type = textNode(valueAt(node, 'type'))?.text;
  const known = key === undefined || value === undefined ? undefined : { key, value };
  return known === undefined && type === undefined ? undefined : { tag: known, type };
}

function readRequirements(node: ObjectNode | undefined): RuleRequirements | undefined {
  if (node === undefined) return undefined;
  const regions = objectAt(node, 'regions');
  return {
    plan: textNode(valueAt(node, 'plan'))?.text,
    rule: textNode(valueAt(node, 'rule'))?.text,
    retentionDays: readBounds(objectAt(node, 'retentionDays')),
    hoursAtMost: numberOf(valueAt(objectAt(node, 'hoursBetweenBackups'), 'atMost')),
    regions: regions === undefined ? undefined : { include: plainTexts(regions, 'include') ?? [], only: plainTexts(regions, 'only') },
    vaults: plainTexts(objectAt(node, 'vaults'), 'only'),
    copies: readCopies(objectAt(node, 'copies')),
    copyRegions: plainTexts(objectAt(node, 'copyRegions'), 'only'),
    continuousBackup: booleanOf(valueAt(node, 'continuousBackup')),
  };
}

function readCopies(node: ObjectNode | undefined): CopyRequirements | undefined {
  if (node === undefined) return undefined;
  return {
    toAnotherRegion: booleanOf(valueAt(node, 'toAnotherRegion')) === true,
    toAnotherAccount: booleanOf(valueAt(node, 'toAnotherAccount')) === true,
    toVaults: plainTexts(node, 'toVaults'),
    retentionDays: readBounds(objectAt(node, 'retentionDays')),
  };
}

function readBounds(node: ObjectNode | undefined): DayBounds | undefined {
  return node === undefined ? undefined : { atLeast: numberOf(valueAt(node, 'atLeast')), atMost: numberOf(valueAt(node, 'atMost')) };
}

function asObject(node: Node | undefined): ObjectNode | undefined {
  return node?.type === 'object' ? node : undefined;
}

function membersOf(node: ObjectNode | undefined): readonly Member[] {
  return node?.members ?? [];
}

/** Of a key that stands twice the first one counts, as everywhere else. */
function valueAt(node: ObjectNode | undefined, key: string): Node | undefined {
  return node?.members.find((member) => member.key.text === key)?.value;
}

function objectAt(node: ObjectNode | undefined, key: string): ObjectNode | undefined {
  return asObject(valueAt(node, key));
}

function textNode(node: Node | undefined): AccountPattern | undefined {
  return node !== undefined && isScalar(node) && node.type === 'string' ? { text: node.text, span: { start: node.start, end: node.end } } : undefined;
}

function textsAt(node: ObjectNode | undefined, key: string): readonly AccountPattern[] | undefined {
  const list = valueAt(node, key);
  return list?.type === 'array' ? list.items.flatMap((item) => textNode(item) ?? []) : undefined;
}

function plainTexts(node: ObjectNode | undefined, key: string): readonly string[] | undefined {
  return textsAt(node, key)?.map(({ text }) => text);
}

function numberOf(node: Node | undefined): number | undefined {
  if (node?.type !== 'number') return undefined;
  const value = Number(node.text);
  return Number.isFinite(value) ? value : undefined;
}

function booleanOf(node: Node | undefined): boolean | undefined {
  return node?.type === 'boolean' ? node.text === 'true' : undefined;
}
