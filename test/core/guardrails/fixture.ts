import { parseDocument } from '../../../server/core/document/parse.ts';
import { evaluateGuardrail } from '../../../server/core/guardrails/evaluate.ts';
import type { Guardrail } from '../../../server/core/guardrails/guardrail.ts';
import { readGuardrails } from '../../../server/core/guardrails/readGuardrails.ts';
import type { Verdict } from '../../../server/core/guardrails/verdict.ts';
import { nothingEffective, type EffectiveContainer } from '../../../server/core/merge/effective.ts';
import { mergePath } from '../../../server/core/merge/merge.ts';
import { readStatements } from '../../../server/core/merge/statements.ts';

/** Monday, 14 September 2026, 10:00 UTC. */
export const monday = Date.UTC(2026, 8, 14, 10);

type Tree = { readonly [key: string]: string | boolean | number | readonly string[] | Tree };

/** Every value of a tree with `@@assign` around it. */
export function assigned(tree: Tree): object {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, typeof value === 'object' && !Array.isArray(value) ? assigned(value as Tree) : key.startsWith('@@') ? value : { '@@assign': value }]));
}

const role = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';

/** A plan of one rule that selects resources tagged tier = gold. */
export function plan(rule: Tree, { regions = ['eu-west-1'], selections = { tags: { gold: { iam_role_arn: role, tag_key: 'tier', tag_value: ['gold'] } } } }: { readonly regions?: readonly string[]; readonly selections?: Tree } = {}): Tree {
  return { regions, rules: { daily: { schedule_expression: 'cron(0 5 ? * * *)', target_backup_vault_name: 'vault', ...rule } }, selections };
}

/** The effective policy of an account whose root has one policy, and whose own policy may change it. */
export function effective(plans: Tree, own?: object): EffectiveContainer {
  const attach = (name: string, kind: 'root' | 'account', depth: number, content: object) => {
    const text = JSON.stringify(content);
    return { level: { kind, name, path: depth === 0 ? 'Root' : 'Root/shop', depth }, policies: [{ name, uri: `file:///${name}.json`, content: readStatements(parseDocument(text)) }] };
  };
  if (Object.keys(plans).length === 0) return nothingEffective;
  return mergePath([attach('baseline', 'root', 0, { plans: assigned(plans) }), ...(own === undefined ? [] : [attach('own', 'account', 1, own)])]);
}

/** A guardrail of this content about all accounts. */
export function guardrail(content: object): Guardrail {
  const [first] = readGuardrails(parseDocument(JSON.stringify({ guardrails: { g: { accounts: ['**'], ...content } } }))).guardrails;
  if (first === undefined) throw new Error('There is no guardrail.');
  return first;
}

/** Why a policy does not meet a guardrail, empty when it does. */
export function verdict(tree: EffectiveContainer, content: object, accountId?: string): Verdict {
  return evaluateGuardrail(tree, guardrail(content), accountId, monday);
}
