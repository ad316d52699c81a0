import { admissionProblems } from '../core/admission/admissionProblems.ts';
import { copiesToAccounts } from '../core/advice/copyAccounts.ts';
import { documentAdvice } from '../core/advice/documentAdvice.ts';
import { effectiveAdvice } from '../core/advice/effectiveAdvice.ts';
import type { Document } from '../core/document/tree.ts';
import { nothingEffective, type EffectiveContainer } from '../core/merge/effective.ts';
import { mergeLevel } from '../core/merge/merge.ts';
import { messageText } from '../core/messageText.ts';
import type { Level } from '../core/merge/trace.ts';
import type { Problem } from '../core/problem.ts';
import type { PolicyFile } from '../model/snapshot.ts';

/**
 * What can be said of a document without any other: AWS's verdict, and what it takes without a word.
 * Kept until the document or the minute changes: schedules are judged by the time.
 * @param at epoch milliseconds UTC.
 */
export function ownProblems({ document, statements }: PolicyFile, at: number): readonly Problem[] {
  const minute = Math.floor(at / 60_000);
  const known = remembered.get(document);
  if (known?.minute === minute) return known.problems;
  const problems = [...admissionProblems(document, at, statements), ...documentAdvice(document, statements)];
  remembered.set(document, { minute, problems });
  return problems;
}

const remembered = new WeakMap<Document, { readonly minute: number; readonly problems: readonly Problem[] }>();

/** The problems of a policy that reaches no account of a model: it is looked at as if it were the only one. */
export function documentProblems(file: PolicyFile, at: number): readonly Problem[] {
  return [...ownProblems(file, at), ...copyProblems(file, noAccounts), ...aloneProblems(file, at)];
}

const noAccounts: Members = new Set<string>();

/** The ids of the accounts that are known to be in the organization. */
export interface Members {
  has(id: string): boolean;
}

/** Copies to accounts that are none of the members. */
export function copyProblems({ statements }: PolicyFile, members: Members): readonly Problem[] {
  if (statements === undefined) return [];
  return copiesToAccounts(statements).filter(({ account }) => !members.has(account)).map(({ problem }) => problem);
}

const alone: Level = { kind: 'account', name: '', path: '', depth: 0 };

/** What the policy would give an account that has no other. */
export function aloneProblems(file: PolicyFile, at: number): readonly Problem[] {
  return effectiveAdvice(aloneTree(file), at).map(({ rule, span, path, message, related }) => ({ rule, span, path, message: messageText(message), ...(related === undefined ? {} : { related }) }));
}

function aloneTree(file: PolicyFile): EffectiveContainer {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const { tree } = mergeLevel(nothingEffective, alone, [{ name: 'this policy', uri: file.uri, content: file.statements }]);
  trees.set(file, tree);
  return tree;
}

const trees = new WeakMap<PolicyFile, EffectiveContainer>();
