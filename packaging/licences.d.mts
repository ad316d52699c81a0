/** SPDX identifiers of licences that a bundled package may have. */
export const shippedLicences: readonly string[];

/** SPDX identifiers of licences that a package may have that is only used for development. */
export const toolLicences: readonly string[];

/** Whether an SPDX expression can be satisfied with the licences of a list. False for what is no expression. */
export function isAllowed(expression: string | undefined, licences: readonly string[]): boolean;

/** A sentence for each package of a lock file whose licence is not on the list for tools. */
export function licenceProblems(lock: { readonly packages: Readonly<Record<string, { readonly license?: string }>> }): readonly string[];
