import { effectiveJson } from '../../core/merge/effective.ts';
import { findEntity, pathTo, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { DriftFinding } from '../../protocol.ts';
import { Refusal } from '../refusal.ts';
import type { DriftReading } from './reading.ts';

/**
 * A difference in effective policies with all that leads to it, as JSON to report: the way from the root with the
 * policies in order, AWS's answer and ours. Names of targets and policies are numbered, and ids are replaced, also
 * account ids inside of the documents, each by the same one everywhere.
 */
export function driftCase(snapshot: Snapshot, organization: Organization, reading: DriftReading, finding: DriftFinding): string {
  const account = finding.kind === 'effective' ? findEntity(organization, finding.account.key) : undefined;
  if (finding.kind !== 'effective' || account === undefined) throw new Refusal('Only a difference in effective policies makes a case.', 'Choose one of these.');
  const redact = redaction();
  const ours = effectiveOf(snapshot, organization, account);
  const { report } = reading.accounts.get(finding.account.id) ?? {};
  const levels = pathTo(account).map((entity, depth) => ({
    kind: entity.kind,
    name: `level-${String(depth)}`,
    policies: entity.attachments.map(({ policy }) => {
      const uri = organization.policies.get(policy)?.uri;
      return { name: redact.policy(policy), content: redact.text(uri === undefined ? '' : (snapshot.policies.get(uri)?.document.text ?? '')) };
    }),
  }));
  const content = {
    what: 'The effective backup policy of an account, merged by the extension and by AWS Organizations',
    at: new Date(reading.readAt).toISOString(),
    levels,
    aws: {
      effectivePolicy: redact.text(finding.content),
      updated: new Date(finding.updated).toISOString(),
      invalid: reading.invalid?.has(finding.account.id) === true,
      errors: (report?.errors ?? []).map(({ code, message, path }) => ({ code, message: redact.text(message), path })),
    },
    merged: {
      effectivePolicy: redact.text(JSON.stringify(effectiveJson(ours.tree))),
      errors: ours.errors.map(({ code, message, path }) => ({ code, message: redact.text(message), path })),
    },
    changes: finding.changes,
  };
  return `${redact.text(JSON.stringify(content, undefined, 2))}\n`;
}

interface Redaction {
  policy(name: string): string;
  text(text: string): string;
}

/** Account, policy, OU, root and organization ids. Source: organizations-api §1 [api]. */
const ids = /(?<![0-9A-Za-z])(?:\d{12}|p-[0-9a-zA-Z_]{8,128}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32}|o-[a-z0-9]{10,32})(?![0-9A-Za-z])/g;

function redaction(): Redaction {
  const policies = new Map<string, string>();
  const replaced = new Map<string, string>();
  /** Ids that were given out stand for themselves: a text may be redacted twice. */
  const given = new Set<string>();
  const replacement = (id: string): string => {
    if (given.has(id)) return id;
    const number = String(replaced.size + 1);
    const known = replaced.get(id) ?? (/^\d/.test(id) ? number.padStart(12, '0') : `${id.slice(0, id.indexOf('-'))}-redacted${number}`);
    replaced.set(id, known);
    given.add(known);
    return known;
  };
  return {
    policy: (name) => {
      const known = policies.get(name) ?? `policy-${String(policies.size + 1)}`;
      policies.set(name, known);
      return known;
    },
    text: (text) => text.replace(ids, replacement),
  };
}
