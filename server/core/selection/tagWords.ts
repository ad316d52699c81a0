/** Why tags that look alike differ. Source: common-mistakes D7 [doc]. */
export const letterCase = 'AWS Backup compares tags with their letter case';

/** That a resource lacks a tag, with the one that it may have been meant to be. */
export function absentTag(key: string, tags: ReadonlyMap<string, string>): string {
  const folded = key.toLowerCase();
  const similar = [...tags.keys()].find((each) => each.toLowerCase() === folded);
  return `it has no tag "${key}"${similar === undefined ? '' : ` but "${similar}": ${letterCase}`}`;
}
