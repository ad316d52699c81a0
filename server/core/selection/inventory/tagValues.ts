/** Tags with what is wrong with those that could not be read. */
export interface ReadTags {
  readonly tags: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Tags in JSON: a map, or a list of `{Key, Value}` as AWS writes them. */
export function tagsOfJson(value: unknown): ReadTags {
  if (value === undefined || value === null) return { tags: new Map(), problems: [] };
  if (Array.isArray(value)) return collect(value.map((entry: unknown) => pairOf(entry)));
  if (typeof value === 'object') return collect(Object.entries(value));
  return { tags: new Map(), problems: ['The tags are neither a map nor a list of Key and Value.'] };
}

/** Tags in a cell of a table: JSON, or `key=value;key=value`. */
export function tagsOfCell(cell: string): ReadTags {
  const text = cell.trim();
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return tagsOfJson(JSON.parse(text));
    } catch {
      return { tags: new Map(), problems: ['The tags are not valid JSON.'] };
    }
  }
  const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '');
  return collect(parts.map((part) => {
    const equals = part.indexOf('=');
    return equals > 0 ? [part.slice(0, equals).trim(), part.slice(equals + 1).trim()] : part;
  }));
}

/** The value of a key in any letter case, without blanks, hyphens and underscores. */
export function fieldOf(value: object, ...names: readonly string[]): unknown {
  return Object.entries(value).find(([key]) => names.includes(plainName(key)))?.[1];
}

/** A name as it is compared: `Resource ARN`, `resource_arn` and `ResourceARN` are one. */
export function plainName(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase();
}

function pairOf(entry: unknown): readonly [key: unknown, value: unknown] | string {
  if (typeof entry !== 'object' || entry === null) return String(entry);
  return [fieldOf(entry, 'key', 'tagkey'), fieldOf(entry, 'value', 'tagvalue') ?? ''];
}

function collect(pairs: readonly (readonly [key: unknown, value: unknown] | string)[]): ReadTags {
  const tags = new Map<string, string>();
  const problems: string[] = [];
  for (const pair of pairs) {
    if (typeof pair === 'string') {
      problems.push(`"${pair}" is no tag: write key=value.`);
      continue;
    }
    const [key, value] = pair;
    if (typeof key !== 'string' || key === '') problems.push('A tag has no key.');
    else if (typeof value === 'string') tags.set(key, value);
    else if (typeof value === 'number' || typeof value === 'boolean') tags.set(key, String(value));
    else problems.push(`The tag "${key}" has no text as its value.`);
  }
  return { tags, problems };
}
