import { Message, type ConnectionOptions } from 'vscode-languageserver';
import { URI } from 'vscode-uri';

/**
 * Editors write one file's URI in different ways: `file:///C:/a+b` and `file:///c%3A/a%2Bb` are the same. Whatever
 * arrives is brought into one form, so that a document and the file that was found on disk are one.
 */
export const withCanonicalUris: ConnectionOptions = {
  messageStrategy: {
    handleMessage: (message, next) => next(Message.isRequest(message) || Message.isNotification(message) ? { ...message, params: canonical(message.params, 0) } as Message : message),
  },
};

const uriKeys: ReadonlySet<string> = new Set(['uri', 'rootUri', 'oldUri', 'newUri']);

/** URIs of LSP's parameters lie at most this deep: `params.event.added[0].uri`. */
const maximumDepth = 5;

function canonical(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return value;
  if (Array.isArray(value)) return value.map((element) => canonical(element, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, typeof member === 'string' && uriKeys.has(key) ? canonicalUri(member) : canonical(member, depth + 1)]));
}

/** The form that the server uses, which is VS Code's; a text that is no URI stays. */
export function canonicalUri(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}
