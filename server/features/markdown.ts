import type { Span } from '../core/document/tree.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { positionAt } from './ranges.ts';

/** Text of a user's choice as Markdown that shows exactly it: no emphasis, link, heading, list or HTML comes of it. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>~$&|!#+]/g, '\\$&')
    .replace(/:(?=\/\/)|\.(?<=www\.)|@(?<=\w@)(?=\w)|[.)](?<=^ ?\d{1,9}[.)])|^-/gi, '\\$&');
}

/** A code span around any text, backticks included. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const padding = flat === '' || flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${flat}${padding}${fence}`;
}

/** A link to the line of a span in a policy or model file; the bare name when the file is not known. */
export function linkTo(snapshot: Snapshot, name: string, uri: string, span: Span): string {
  const document = snapshot.policies.get(uri)?.document ?? snapshot.organizations.get(uri)?.document ?? snapshot.guardrails.get(uri)?.document;
  if (document === undefined) return escaped(name);
  const { line, character } = positionAt(document, span.start);
  return `[${escaped(name)}](${destination(uri)}#L${String(line + 1)},${String(character + 1)})`;
}

/** A URI as a link destination: the few characters that end one are percent-encoded. */
function destination(uri: string): string {
  return uri.replace(/[()<>\s\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
