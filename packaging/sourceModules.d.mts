/**
 * A CommonJS module of TypeScript as an ES module. Its namespaces are expressions that may be left out.
 * @param file its name, for the error.
 * @throws Error when it has a statement that is not known here.
 */
export function sourceModule(text: string, file: string): string;
