import type { Place } from '../advice/effectivePlaces.ts';
import type { Resource } from './resource.ts';

/** `unknown`: a template fills in the value later, or it has a form whose meaning AWS does not document. */
export type Verdict = 'met' | 'unmet' | 'unknown';

/** What AWS Backup asks of a resource before a plan takes it. */
export interface Requirement {
  /** Keys from the document root; empty for what no policy states. */
  readonly path: readonly string[];
  readonly verdict: (resource: Resource) => Verdict;
  /** The verdict in words, a part of a sentence about the resource, and where the statement behind it stands. */
  readonly explain: (resource: Resource) => Explanation;
}

export interface Explanation {
  readonly message: string;
  /** Undefined for what no policy states. */
  readonly place?: Place;
}

/** One requirement with what became of it for one resource. */
export interface Finding extends Explanation {
  readonly verdict: Verdict;
  readonly path: readonly string[];
}

/** The verdict on one requirement in words. */
export function findingOf({ path, verdict, explain }: Requirement, resource: Resource): Finding {
  return { path, verdict: verdict(resource), ...explain(resource) };
}

/** The requirement as a finding would carry it, with the place left out where there is none. */
export function explanation(message: string, place: Place | undefined): Explanation {
  return place === undefined ? { message } : { message, place };
}

/** `gold`, `gold or silver`, `gold, silver or bronze`, and the count of what is more than a few. */
export function either(texts: readonly string[]): string {
  if (texts.length > named) return `${texts.slice(0, named).join(', ')} or one of ${String(texts.length - named)} more`;
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1) ?? ''}`;
}

const named = 5;
