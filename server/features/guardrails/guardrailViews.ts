import type { Span } from '../../core/document/tree.ts';
import { breachText, failureSentence } from '../../core/guardrails/verdict.ts';
import { messageText } from '../../core/messageText.ts';
import { rules } from '../../core/rules.ts';
import type { GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { FailingAccountsView, GuardrailFileView, GuardrailView, ViewLocation } from '../../protocol.ts';
import { documentOf } from '../diagnostics.ts';
import { rangeOf } from '../ranges.ts';
import { guardrailFileProblems } from './guardrailFileProblems.ts';
import { guardrailResults, type FailingAccounts, type GuardrailResult } from './guardrailResults.ts';

/** The most failing accounts of one guardrail that are named; the rest are counted. */
const maximumAccounts = 100;

/** Every guardrails file with its results, in the order of their URIs. */
export function guardrailViews(snapshot: Snapshot): readonly GuardrailFileView[] {
  const results = new Map(guardrailResults(snapshot).map((result) => [result.guardrail, result]));
  const files = [...snapshot.guardrails.values()].sort((left, right) => (left.uri < right.uri ? -1 : 1));
  return files.map((file) => ({
    uri: file.uri,
    guardrails: file.guardrails.map((guardrail): GuardrailView => {
      const result = results.get(guardrail);
      return {
        name: guardrail.name,
        ...(guardrail.description === undefined ? {} : { description: guardrail.description }),
        level: guardrail.level,
        location: placeIn(file, guardrail.nameSpan),
        accounts: result?.accounts ?? 0,
        failing: result?.failing ?? 0,
        groups: result === undefined ? [] : groupViews(snapshot, result),
      };
    }),
    problems: guardrailFileProblems(snapshot, file).filter(({ rule }) => rules[rule].level === 'error').map(({ message, span }) => ({ message, location: placeIn(file, span) })),
  }));
}

function groupViews(snapshot: Snapshot, { organization, groups }: GuardrailResult): readonly FailingAccountsView[] {
  let left = maximumAccounts;
  return groups.map(({ accounts, failures }) => {
    const named = accounts.slice(0, left);
    left -= named.length;
    const [{ breaches: [breach] }] = failures;
    const location = breach.place === undefined ? undefined : locationOf(snapshot, breach.place.uri, breach.place.span);
    return {
      accounts: named.map(({ key, name, path, nameSpan }) => ({ target: { organization: organization.uri, key }, name, path, location: { uri: organization.uri, range: rangeOf(organization.document, nameSpan) } })),
      count: accounts.length,
      reason: reasonOf({ failures }),
      expected: messageText(breach.expected),
      actual: messageText(breach.origin === undefined ? breach.actual : `${breach.actual} (${breach.origin})`),
      ...(location === undefined ? {} : { location }),
    };
  });
}

/** Why accounts do not meet a guardrail, as a sentence with its end. */
export function reasonOf({ failures: [first, ...others] }: Pick<FailingAccounts, 'failures'>): string {
  const sentence = failureSentence(first);
  const more = others.length === 0 ? '' : ` Also: ${others.map((failure) => `${failure.rule === undefined ? '' : `the rule "${failure.rule}" of the plan "${failure.plan ?? ''}": `}${failure.breaches.map(breachText).join('; ')}`).join('. ')}.`;
  return messageText(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.${more}`);
}

function locationOf(snapshot: Snapshot, uri: string, span: Span): ViewLocation | undefined {
  const document = documentOf(snapshot, uri);
  return document === undefined ? undefined : { uri, range: rangeOf(document, span) };
}

function placeIn({ uri, document }: GuardrailsFile, span: Span): ViewLocation {
  return { uri, range: rangeOf(document, span) };
}
