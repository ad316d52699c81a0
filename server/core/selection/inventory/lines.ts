import type { InventoryBuilder } from './inventory.ts';

/** Reads `arn key=value "key=value with blanks" …`, one resource a line; `#` begins a comment line. */
export function readLines(text: string, builder: InventoryBuilder): void {
  let line = 0;
  for (const content of linesOf(text)) {
    line += 1;
    if (builder.isFull) return;
    const [arn, ...words] = wordsOf(content);
    if (arn === undefined || arn.startsWith('#')) continue;
    if (arn.startsWith('arn:') && words.length === 0 && /,[^,=]*=/.test(arn)) {
      builder.problem(line, 'Put a blank between the ARN and its tags, or begin the text with a header such as arn,backup-tier.');
      continue;
    }
    builder.add(arn, tagsOf(words, line, builder), line);
  }
}

function tagsOf(words: readonly string[], line: number, builder: InventoryBuilder): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) tags.set(word.slice(0, equals), word.slice(equals + 1));
    else builder.problem(line, `"${word}" is no tag: write key=value, in quotes when it has blanks.`);
  }
  return tags;
}

/** The lines of a text, whichever way they end, one after the other. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) {
    yield text.slice(start, index);
    start = index + end.length;
  }
  yield text.slice(start);
}

/** The words of a line; blanks within quotes are a part of a word, and the quotes are not. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (const character of line) {
    if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
