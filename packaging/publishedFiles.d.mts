/** Relative paths, with slashes, of what git has or would add; of everything but what is built where there is no git. */
export function publishedFiles(root: string): readonly string[];
