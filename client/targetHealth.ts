import type { EntityView } from '../server/protocol.ts';

/** What is wrong with an account, or with how many accounts below a root or OU, the worst first; empty when nothing is. */
export function healthWords(entity: EntityView): readonly string[] {
  const count = entity.failingGuardrails.length;
  return [...ownWords(entity), ...(count === 0 ? [] : [count === 1 ? '1 guardrail not met' : `${String(count)} guardrails not met`])];
}

function ownWords(entity: EntityView): readonly string[] {
  const { errors, health, warnings, invalidAccounts, unprotectedAccounts, warnedAccounts } = entity;
  if (health === 'unprotected') return ['no backup plan'];
  if (health === 'warned') return [warnings === 1 ? '1 warning' : `${String(warnings)} warnings`];
  if (errors.length > 0) return ['invalid effective policy'];
  return [
    ...(invalidAccounts === 0 ? [] : [`${String(invalidAccounts)} invalid`]),
    ...(unprotectedAccounts === 0 ? [] : [`${String(unprotectedAccounts)} unprotected`]),
    ...(warnedAccounts === 0 ? [] : [`${String(warnedAccounts)} with warnings`]),
  ].map((part, index, parts) => (index === parts.length - 1 ? `${part} below` : part));
}

/** The same in full sentences: what AWS does, and how many accounts it does it to. */
export function healthSentences(entity: EntityView): readonly string[] {
  const guardrails = entity.failingGuardrails.map(({ name, accounts: count }) =>
    entity.kind === 'account' ? `It does not meet the guardrail "${name}".` : `${accounts(count, 'does not meet', 'do not meet')} the guardrail "${name}".`);
  return [...ownSentences(entity), ...guardrails];
}

function ownSentences(entity: EntityView): readonly string[] {
  const { errors, health, warnings, invalidAccounts, unprotectedAccounts, warnedAccounts } = entity;
  if (health === 'unprotected') return ['No backup plan reaches this account: no policy at any level gives it one.'];
  if (health === 'warned') return [`There ${warnings === 1 ? 'is 1 warning' : `are ${String(warnings)} warnings`} about its effective policy; they are in the list of problems.`];
  return [
    ...errors.map((error) => `AWS withholds its effective policy. ${error}`),
    ...(invalidAccounts === 0 ? [] : [`${accounts(invalidAccounts, 'has', 'have')} an invalid effective policy.`]),
    ...(unprotectedAccounts === 0 ? [] : [`${accounts(unprotectedAccounts, 'gets', 'get')} no backup plan.`]),
    ...(warnedAccounts === 0 ? [] : [`${accounts(warnedAccounts, 'has', 'have')} warnings about the effective policy.`]),
  ];
}

/** The badge of a view: the accounts whose effective policy is invalid, and in words those without a plan. */
export function healthBadge(roots: readonly EntityView[]): { readonly value: number; readonly tooltip: string } | undefined {
  const [invalid, unprotected] = [sum(roots, 'invalidAccounts'), sum(roots, 'unprotectedAccounts')];
  if (invalid === 0) return undefined;
  const more = unprotected === 0 ? '' : `; ${String(unprotected)} ${unprotected === 1 ? 'gets' : 'get'} no backup plan`;
  return { value: invalid, tooltip: `${String(invalid)} account${invalid === 1 ? ' has an' : 's have an'} invalid effective policy${more}` };
}

function accounts(count: number, one: string, several: string): string {
  return count === 1 ? `1 account below ${one}` : `${String(count)} accounts below ${several}`;
}

function sum(roots: readonly EntityView[], key: 'invalidAccounts' | 'unprotectedAccounts'): number {
  return roots.reduce((total, root) => total + root[key], 0);
}
