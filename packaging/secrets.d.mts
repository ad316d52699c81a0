/** Something in a text that must not be published: what it is and its line, from 1. */
export interface Secret {
  readonly what: string;
  readonly line: number;
}

/**
 * What a text has that must not be published; never the thing itself.
 * @param places folders of this machine, with two parts or more, whose names must not appear either.
 */
export function secretsIn(text: string, places?: readonly string[]): readonly Secret[];
