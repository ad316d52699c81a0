/** The kinds of token, in the order of the legend; the package describes each. */
export const tokenTypes = ['backupName', 'backupSetting', 'backupOperator'] as const;

/** What inheritance does to a token, in the order of the legend. */
export const tokenModifiers = ['inherited', 'overriding', 'locked', 'ineffective'] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];
