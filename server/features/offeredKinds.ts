import type { CodeActionKind } from 'vscode-languageserver-types';

/** The characters besides letters that call for completion: a string begins, an operator begins. */
export const completionTriggerCharacters: readonly string[] = ['"', '@'];

/** The kind of the action that mends everything certain in a policy. */
export const fixAllKind = 'source.fixAll.awsBackupPolicy';

/** The kinds of code action that fixes and rewrites have. */
export const codeActionKinds: readonly CodeActionKind[] = ['quickfix', 'refactor.rewrite', fixAllKind];

/** The kinds of code action that refactorings have. */
export const refactoringKinds = ['refactor.extract', 'refactor.move', 'refactor.inline', 'refactor.rewrite'] as const;
