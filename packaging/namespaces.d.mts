/**
 * Modules, by their files, with those namespaces taken apart whose names mean one namespace alone: `Range.is` is read as
 * `Range$is`, a declaration of its own.
 * @param isOneOfThem whether what these modules import, by its name, is one of themselves; others may have the same names.
 */
export function allWithNamespacesApart(modules: ReadonlyMap<string, string>, isOneOfThem: (name: string) => boolean): ReadonlyMap<string, string>;
