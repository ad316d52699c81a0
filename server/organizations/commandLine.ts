/** A value of an option: text, a list of texts, text that is read from a file because it is long, or a shell variable. */
export type OptionValue = string | readonly string[] | { readonly file: string } | { readonly variable: string };

/** Where a command goes. */
export interface CommandPlace {
  readonly profile?: string;
  readonly endpoint?: string;
}

/**
 * A command of the AWS CLI that does the same, to be pasted into a POSIX shell: every text is one argument, whatever it
 * holds, and is sent as it is: one that the CLI would read as the name of a file goes by its JSON input.
 * @param operation as in `update-policy`.
 */
export function awsCommandLine(service: string, operation: string, options: Readonly<Record<string, OptionValue>>, { profile, endpoint }: CommandPlace): string {
  const words = ['aws', service, operation];
  const plain = Object.entries(options).flatMap(([name, value]) => (typeof value === 'string' && isRead(value) ? [[member(name), value] as const] : []));
  if (plain.length > 0) words.push('--cli-input-json', quoted(JSON.stringify(Object.fromEntries(plain))));
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'string' && isRead(value)) continue;
    words.push(`--${name}`);
    if (typeof value === 'string') words.push(quoted(value));
    else if ('file' in value) words.push(quoted(`file://${value.file}`));
    else if ('variable' in value) words.push(`"$${value.variable}"`);
    else words.push(...value.map(quoted));
  }
  if (profile !== undefined) words.push('--profile', quoted(profile));
  if (endpoint !== undefined) words.push('--endpoint-url', quoted(endpoint));
  return words.join(' ');
}

/** Whether the AWS CLI would take a text for something else: the contents of a file or of a page, or an option. */
function isRead(value: string): boolean {
  return /^(?:fileb?|https?):\/\/|^-/i.test(value);
}

/** `PolicyId` for `policy-id`. */
function member(option: string): string {
  return option.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
