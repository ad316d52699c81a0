import type { StatedContainer } from '../merge/statements.ts';
import type { Problem } from '../problem.ts';

/** A copy to an account that the policy names by its id. */
export interface CopyToAccount {
  readonly account: string;
  readonly problem: Problem;
}

/** Copies to accounts named by their ids, each with what they need. Source: common-mistakes D9 [doc]. */
export function copiesToAccounts(root: StatedContainer): readonly CopyToAccount[] {
  const known = remembered.get(root);
  if (known !== undefined) return known;
  const found: CopyToAccount[] = [];
  visit(root, [], found);
  remembered.set(root, found);
  return found;
}

const remembered = new WeakMap<StatedContainer, readonly CopyToAccount[]>();

function visit(node: StatedContainer, path: readonly string[], found: CopyToAccount[]): void {
  for (const child of node.children.values()) {
    const here = [...path, child.name];
    if (child.kind === 'container') visit(child, here, found);
    else if (child.key === 'target_backup_vault_arn') {
      for (const value of child.operations.flatMap((operation) => operation.values)) {
        const account = value.unknown ? undefined : /^arn:[^:]*:backup:[^:]*:(\d{12}):/i.exec(value.text)?.[1];
        if (account !== undefined) found.push({ account, problem: problemOf(account, value.span, here) });
      }
    }
  }
}

function problemOf(account: string, { start, end }: Problem['span'], path: readonly string[]): Problem {
  return {
    rule: 'copy-to-other-account',
    span: { start, end },
    path,
    message: `Copies go to account ${account}, which no model file here has: copy jobs fail unless it is in the same organization, cross-account backup is switched on in the management account, and the access policy of its vault allows backup:CopyIntoBackupVault. Add the account to the model file if it is yours.`,
  };
}
