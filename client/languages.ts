/** The language ids of the two kinds of document. */
export const languages = { policy: 'aws-backup-policy', organization: 'backup-organization' } as const;
