/** Suffixes of templates that make a JSON file. */
export const templateSuffixes: readonly string[] = ['.tpl', '.tftpl', '.tmpl', '.j2'];

/** What is watched on disk. */
export const watchedGlob = `**/*.{json,${templateSuffixes.map((suffix) => `json${suffix}`).join(',')}}`;
