import { describe, expect, it } from 'vitest';
import { indentationOf, lineEndOf } from '../../server/features/indentation.ts';

describe('the indentation of a text', () => {
  it.each([
    ['two blanks', '{\n  "a": {\n    "b": 1\n  }\n}', { insertSpaces: true, tabSize: 2 }],
    ['three blanks', '{\n   "a": {\n      "b": 1\n   }\n}', { insertSpaces: true, tabSize: 3 }],
    ['four blanks', '{\r\n    "a": {\r\n        "b": 1\r\n    }\r\n}', { insertSpaces: true, tabSize: 4 }],
    ['tabs', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}', { insertSpaces: false, tabSize: 4 }],
    ['tabs with one line of blanks', '{\n\t"a": {\n    "b": 1\n\t}\n}', { insertSpaces: false, tabSize: 4 }],
    ['four blanks with a crooked line', '{\n    "a": {\n      "b": {\n        }\n    }\n}\n{\n    "c": 1\n}', { insertSpaces: true, tabSize: 4 }],
    ['blank lines between', '{\n\n  "a": 1\n\n}', { insertSpaces: true, tabSize: 2 }],
  ])('%s', (_name, text, expected) => {
    expect(indentationOf(text)).toEqual(expected);
  });

  it.each(['', '{}', '{\n"a": 1\n}'])('is not known where nothing is indented: %j', (text) => {
    expect(indentationOf(text)).toBeUndefined();
  });
});

it('takes CR LF for the line end of a text that has it', () => {
  expect([lineEndOf('{\r\n}'), lineEndOf('{\n}'), lineEndOf('{}')]).toEqual(['\r\n', '\n', '\n']);
});
