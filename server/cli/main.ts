import { parseArgs } from 'node:util';
import { effective } from './effective.ts';
import { explain } from './explain.ts';
import { InputError } from './input.ts';
import { lint } from './lint.ts';
import type { Outcome } from './outcome.ts';

const usage = `backup-policy lint FILE… [--format text|json] [--at ISO-TIME] [--organization FILE]
backup-policy effective --organization FILE --target ID|PATH [--format text|json] [--at ISO-TIME]
backup-policy explain   --organization FILE --target ID|PATH --path plans/… [--format text|json] [--at ISO-TIME]

Exit status: 0 nothing to report, 1 errors found, 2 wrong use or unreadable input.`;

function run(args: readonly string[]): Outcome {
  const { values, positionals } = parse(args);
  const [command, ...files] = positionals;
  if (values.help === true || command === undefined) return { status: 0, output: `${usage}\n` };
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') throw new InputError(`--format ${format} is not one of text, json.`);
  if (command === 'lint') {
    if (files.length === 0) throw new InputError('lint needs the files to check.');
    return lint({ files, format, at: values.at, organization: values.organization });
  }
  if (command !== 'effective' && command !== 'explain') throw new InputError(`There is no command "${command}".\n${usage}`);
  const { organization, target } = values;
  if (organization === undefined || target === undefined) throw new InputError(`${command} needs --organization FILE and --target ID|PATH.`);
  if (command === 'effective') return effective({ organization, target, format, at: values.at });
  if (values.path === undefined) throw new InputError('explain needs --path, such as plans/daily/regions.');
  return explain({ organization, target, format, at: values.at, path: values.path });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        at: { type: 'string' },
        organization: { type: 'string' },
        target: { type: 'string' },
        path: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

try {
  const { status, output } = run(process.argv.slice(2));
  process.stdout.write(output);
  process.exitCode = status;
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`backup-policy: ${error.message}\n`);
  process.exitCode = 2;
}
