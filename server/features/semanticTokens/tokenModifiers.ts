import type { SemanticTokensLegend } from 'vscode-languageserver-types';

/** The kinds of token, in the order of the legend; the package describes each. */
export const tokenTypes = ['backupName', 'backupSetting', 'backupOperator'] as const;

/** What inheritance does to a token, in the order of the legend. */
export const tokenModifiers = ['inherited', 'overriding', 'locked', 'ineffective'] as const;

/** The names behind the numbers of the tokens. */
export const semanticTokensLegend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];
