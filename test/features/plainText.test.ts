import { describe, expect, test } from 'vitest';
import { code, escaped } from '../../server/features/markdown.ts';
import { plainText } from '../../server/features/plainText.ts';

describe('the plain text of Markdown', () => {
  test.each([
    ['**Retention** · days', 'Retention · days'],
    ['~~kept for `90`~~ · **overridden**', 'kept for 90 · overridden'],
    ['by [base\\_line](file:///a/b.json#L3,4) at Root', 'by base_line at Root'],
    ['- `a` and ``b`c``', '- a and b`c'],
    ['`@@operators_allowed_for_child_policies` keeps **', '@@operators_allowed_for_child_policies keeps '],
    ['`**` stays in code, \\*\\* outside of it', '** stays in code, ** outside of it'],
    ['line  \nnext', 'line\nnext'],
    ['| Write | for |\n| --- | --- |\n| `*` | all |', '| Write | for |\n| * | all |'],
    ['5 * 3 and a_b, no marks', '5 * 3 and a_b, no marks'],
  ])('of %j is %j', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });

  test.each(['a*b', 'x_y_z', '[link](http://a.b)', '`tick`', '1. one', '- dash', '<b>&amp;', 'www.example.com', 'a@b', '``', '\\', '|', '**'])('shows the name %j as it is', (name) => {
    expect(plainText(escaped(name))).toBe(name);
    expect(plainText(code(name))).toBe(name);
    expect(plainText(`**${escaped(name)}** [${escaped(name)}](file:///x) ${code(name)}`)).toBe(`${name} ${name} ${name}`);
  });

  test.each([
    ['123456789. one', '123456789\\. one'],
    ['1234567890. one', '1234567890. one'],
    ['12) one', '12\\) one'],
    ['v1. one', 'v1. one'],
  ])('escapes of %j what would begin a list, which has no more than nine digits', (name, markdown) => {
    expect(escaped(name)).toBe(markdown);
  });

  test('reads a name of a million digits once', () => {
    expect(escaped('1'.repeat(1_000_000))).toHaveLength(1_000_000);
  });
});
