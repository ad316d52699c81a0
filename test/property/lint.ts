import { mergeLevel } from '../../server/core/merge/merge.ts';
import { effectiveJson, nothingEffective } from '../../server/core/merge/effective.ts';
import type { Level } from '../../server/core/merge/trace.ts';
import type { Problem } from '../../server/core/problem.ts';
import type { EffectiveError } from '../../server/core/validation/effectiveError.ts';
import { effectiveErrors } from '../../server/core/validation/effectiveErrors.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { readPolicyFile, type PolicyFile } from '../../server/model/snapshot.ts';
import { clock } from './corpus.ts';

/** All that is said of one document by itself. */
export interface Lint {
  readonly file: PolicyFile;
  readonly problems: readonly Problem[];
  readonly errors: readonly EffectiveError[];
  readonly effective: unknown;
}

const uri = 'file:///policies/policy.json';
const account: Level = { kind: 'account', name: '', path: '', depth: 0 };

/** Reads a text, asks for AWS's verdict and for advice, merges it as the only policy of an account, and checks the result. */
export function lint(text: string): Lint {
  const file = readPolicyFile(uri, text);
  const problems = documentProblems(file, clock);
  const { tree } = mergeLevel(nothingEffective, account, [{ name: 'policy', uri, content: file.statements }]);
  return { file, problems, errors: effectiveErrors(tree, clock), effective: effectiveJson(tree) };
}
