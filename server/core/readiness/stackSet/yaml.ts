/** Data as a CloudFormation template has it. */
export type TemplateValue = string | number | boolean | readonly TemplateValue[] | TemplateMap;
export interface TemplateMap {
  readonly [key: string]: TemplateValue;
}

/**
 * A mapping as YAML with block style, strings quoted wherever a reader could take them for something else.
 * @param comments lines before a member, by its keys joined by slashes; the empty key has those of the head.
 */
export function yamlText(value: TemplateMap, comments: ReadonlyMap<string, readonly string[]>): string {
  return [...commentLines(comments.get(''), ''), ...mapLines(value, '', '', comments)].map((line) => `${line}\n`).join('');
}

function mapLines(value: TemplateMap, indent: string, path: string, comments: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const here = path === '' ? key : `${path}/${key}`;
    return [...commentLines(comments.get(here), indent), ...memberLines(`${indent}${scalar(key)}:`, member, indent, here, comments)];
  });
}

function memberLines(head: string, member: TemplateValue, indent: string, path: string, comments: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (isList(member)) return member.length === 0 ? [`${head} []`] : [head, ...member.flatMap((item) => itemLines(item, `${indent}  `, path, comments))];
  if (typeof member !== 'object') return [`${head} ${scalar(member)}`];
  return Object.keys(member).length === 0 ? [`${head} {}`] : [head, ...mapLines(member, `${indent}  `, path, comments)];
}

function itemLines(item: TemplateValue, indent: string, path: string, comments: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (isList(item)) return item.length === 0 ? [`${indent}- []`] : [`${indent}-`, ...item.flatMap((each) => itemLines(each, `${indent}  `, path, comments))];
  if (typeof item !== 'object') return [`${indent}- ${scalar(item)}`];
  const [first, ...others] = mapLines(item, `${indent}  `, path, comments);
  return first === undefined ? [`${indent}- {}`] : [`${indent}- ${first.slice(indent.length + 2)}`, ...others];
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

const plain = /^[A-Za-z][A-Za-z0-9]*(::[A-Za-z0-9]+)*$/;
const words = /^(true|false|yes|no|on|off|null|y|n)$/i;

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  if (plain.test(value) && !words.test(value)) return value;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A name in a comment ends no line and holds nothing that YAML forbids. */
function commentLines(lines: readonly string[] | undefined, indent: string): readonly string[] {
  return (lines ?? []).map((line) => `${indent}# ${line.replace(/\s/g, ' ').replace(/[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')}`.trimEnd());
}
