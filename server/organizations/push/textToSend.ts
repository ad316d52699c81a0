import { countCharacters, maximumCharacters, minified } from '../../core/admission/size.ts';

/**
 * What is sent of a file. `characters` are Unicode code points, as AWS counts them.
 * - `asWritten`: the text of the file, without a byte order mark.
 * - `minified`: the text is too long, and fits without the white space between its elements.
 * - `tooLong`: it does not fit without either; `characters` is its length then.
 */
export type TextToSend =
  | { readonly form: 'asWritten'; readonly text: string; readonly characters: number }
  | { readonly form: 'minified'; readonly text: string; readonly characters: number; readonly written: number }
  | { readonly form: 'tooLong'; readonly characters: number };

/** Chooses what is sent: AWS counts and keeps what it gets, white space included. Source: limits-and-errors §1 [doc]. */
export function textToSend(fileText: string): TextToSend {
  const text = fileText.replace(/^\uFEFF/, '');
  const written = countCharacters(text);
  if (written <= maximumCharacters) return { form: 'asWritten', text, characters: written };
  const compact = minified(text);
  const characters = countCharacters(compact);
  return characters <= maximumCharacters ? { form: 'minified', text: compact, characters, written } : { form: 'tooLong', characters };
}
