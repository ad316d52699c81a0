/** Letters that one types to get to a row. */

/** Milliseconds after which typed letters begin a new word. */
const pause = 700;

/** The letters typed so far, and when the last one was, in milliseconds. */
export interface TypedLetters {
  readonly letters: string;
  readonly at: number;
}

/** The part of a keyboard event that matters here. */
interface LetterKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** Milliseconds. */
  readonly timeStamp: number;
}

/** The letters with one more; undefined for a key that is no letter of a name. */
export function withLetter({ letters, at }: TypedLetters, { key, ctrlKey, altKey, metaKey, timeStamp }: LetterKey): TypedLetters | undefined {
  if (key.length !== 1 || key === ' ' || ctrlKey || altKey || metaKey) {
    return undefined;
  }
  return { letters: timeStamp - at > pause ? key : letters + key, at: timeStamp };
}

/** The row after `current`, wrapping round, whose name starts with `typed`; the same letter again and again steps through. */
export function nextByName<Named extends { readonly id: string }>(rows: readonly Named[], nameOf: (row: Named) => string, current: string, typed: string): string | undefined {
  const letters = typed.toLowerCase();
  const repeated = letters === letters.charAt(0).repeat(letters.length);
  const wanted = repeated ? letters.charAt(0) : letters;
  const index = rows.findIndex((row) => row.id === current);
  const start = repeated ? index + 1 : Math.max(index, 0);
  return [...rows.slice(start), ...rows.slice(0, start)].find((row) => nameOf(row).toLowerCase().startsWith(wanted))?.id;
}
