import type { WireObject } from '../caller.ts';
import { invalidInput } from './awsError.ts';

/** How many elements a page of AWS Organizations has at most, and without `MaxResults`. */
const pageSize = 20;

/** What AWS's lists may do, and clients must bear. */
export interface PagingOptions {
  /** Begins each list that has several pages with an empty one. Source: organizations-api §2 [api]. */
  readonly emptyPages?: boolean;
}

/** One page of a list, under the name of the member, and the token of the next. The token fits this request only. `most`: elements of a page. */
export function pageOf(operation: string, input: WireObject, member: string, items: readonly unknown[], { emptyPages = false }: PagingOptions, most = pageSize): WireObject {
  const size = maximum(input, most);
  const request = JSON.stringify([operation, { ...input, NextToken: undefined, MaxResults: undefined }]);
  const start = startOf(input, request);
  if (start === undefined && emptyPages && items.length > size) return { [member]: [], NextToken: token(request, 0) };
  const from = start ?? 0;
  const end = from + size;
  return { [member]: items.slice(from, end), ...(end < items.length ? { NextToken: token(request, end) } : {}) };
}

function maximum(input: WireObject, most: number): number {
  const value = input['MaxResults'];
  if (value === undefined || value === null) return most;
  if (typeof value !== 'number' || value < 1) throw invalidInput('MIN_VALUE_EXCEEDED:MAX_RESULTS');
  if (value > most) throw invalidInput('MAX_VALUE_EXCEEDED:MAX_RESULTS');
  return value;
}

function token(request: string, start: number): string {
  return Buffer.from(JSON.stringify([request, start])).toString('base64');
}

/** An empty token is invalid, too. Source: organizations-api §2 [obs]. */
function startOf(input: WireObject, request: string): number | undefined {
  const given = input['NextToken'];
  if (given === undefined || given === null) return undefined;
  try {
    const read: unknown = typeof given === 'string' ? JSON.parse(Buffer.from(given, 'base64').toString()) : undefined;
    if (Array.isArray(read) && read[0] === request && typeof read[1] === 'number') return read[1];
  } catch {
    // Not a token of ours.
  }
  throw invalidInput('INVALID_NEXT_TOKEN');
}
