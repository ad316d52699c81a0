/** Names that Windows keeps for devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** Longer names make paths that some systems refuse. */
const longest = 60;

/** A file name without extension for a policy's name: of a-z, 0-9, `-`, `_` and `.`, safe on every system. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-')
    .slice(0, longest)
    .replace(/^[-.]+|[-.]+$/g, '');
  if (slug === '') return 'policy';
  // The part before the first dot is what Windows looks at.
  return reserved.test(slug.split('.')[0] ?? '') ? `policy-${slug}` : slug;
}

/** Gives each policy a file of its own; names that differ in letter case alone are one on some systems. */
export class FileNames {
  readonly #taken: Set<string>;

  /** @param taken relative paths that exist. */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map((file) => file.toLowerCase()));
  }

  /** `policies/nightly.json` */
  next(policyName: string): string {
    const slug = slugOf(policyName);
    let file = `policies/${slug}.json`;
    for (let number = 2; this.#taken.has(file); number++) file = `policies/${slug}-${String(number)}.json`;
    this.#taken.add(file);
    return file;
  }
}
