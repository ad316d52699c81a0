/** The language ids of the kinds of document. */
export const languages = { policy: 'aws-backup-policy', organization: 'backup-organization', guardrails: 'backup-guardrails' } as const;
