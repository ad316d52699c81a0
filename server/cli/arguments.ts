import { parseArgs } from 'node:util';
import { awsOptions } from './awsArguments.ts';
import { InputError } from './inputError.ts';

/** What the command line takes. */
export const usage = `backup-policy checks and merges backup policies of AWS Organizations as AWS does.

  backup-policy lint FILE… [options]
  backup-policy lint --organization FILE [options]
  backup-policy effective --organization FILE --target ID|PATH [options]
  backup-policy explain   --organization FILE --target ID|PATH --path plans/… [options]
  backup-policy schedule  --organization FILE --target ID|PATH [options]
  backup-policy plan      --organization FILE --base FILE|DIR|git:REV [options]
  backup-policy reach     --organization FILE --target ID|PATH --resources FILE|- [options]
  backup-policy coverage  --organization FILE [options]
  backup-policy readiness --organization FILE [--target ID|PATH] [options]
  backup-policy check     [--organization FILE] [--guardrails FILE] [options]
  backup-policy import    --organization FILE [--redact-ids] [--fresh] [--dry-run] [options]
  backup-policy push      --organization FILE POLICY…|--changed [--dry-run|--yes] [options]
  backup-policy drift     --organization FILE [--target ID|PATH]… [options]

lint       says whether AWS accepts each policy, and what else is wrong with it
effective  prints the effective policy of a root, organizational unit (OU) or account
explain    says where one setting of an effective policy comes from
schedule   says when the rules of a target start in the coming days, and what becomes of their recovery points
plan       says what the files mean for every account, compared with another version of them
reach      says which resources the plans of a target back up, how, and why not the others
coverage   says which backup plans reach which accounts, with retention, schedules, Regions and copies
readiness  says which roles and vaults have to exist in which accounts, and which line of which policy needs them
check      says whether every account meets the guardrails, and which line of which policy breaks them
import     brings the model and its policy files up to date with AWS: new files where there are none, else minimal
           edits; files that were edited here and changed in AWS as well are told and left as they are
push       brings policies to AWS Organizations: says what each change means for the accounts where AWS has it
           attached, asks, writes only what was shown, and compares AWS's verdict with its own
drift      says what differs between the files and AWS: policies, tree, attachments and effective policies

FILE is a policy, a model, a folder, a glob in quotes such as 'policies/**/*.json', or - for standard input.
Of a folder and of a glob the files are checked that are policies or models by name or content.

  --organization FILE  the model: which policies are attached where. Without other files, lint checks all of its files
  --guardrails FILE    for check: the guardrails, instead of backup-guardrails.json beside the model
  --format FORMAT      text (the default) or json; for lint and check also sarif, junit, github;
                       for plan and drift markdown, github; for reach csv; for coverage csv, markdown;
                       for readiness csv, markdown, cloudformation: a template for a StackSet
  --fail-on LEVEL      error (the default), warning, info, hint or never: the level from which lint and check fail;
                       for plan frozen (the default), lost, weaker or never; for reach never (the default) or
                       unreached: a resource that no plan reaches; for push as for plan
  --base FILE|DIR|git:REV  the version to compare with: a model file, a folder that holds one, or a git revision
  --config FILE        levels of rules for all files, instead of the nearest backup-policy.config.json
  --no-config          every rule has its own level
  --at ISO-TIME        judge schedules by this time; UTC without a zone
  --target ID|PATH     the root, OU or account, by id or by path, such as Root/Workloads/shop-prod
  --resources FILE|-   ARNs with tags: lines of "arn key=value", CSV with a header, JSON, or the output of
                       aws resourcegroupstaggingapi get-resources
  --path PATH          the setting, such as plans/daily/regions
  --days DAYS          for schedule: 14 (the default), 35 or 366
  --time-zone NAME     for schedule: the zone whose changes of clocks are told, such as Europe/Berlin
  --changed            for push: all policies whose file is not as it was at the last push or import
  --dry-run            for push and import: only say what would happen
  --redact-ids         for import: other ids stand for those of AWS, also in policies
  --fresh              for import: read everything again, also what an import that was not finished or only a dry run
                       has read within a day
  --yes                for push: ask nothing; needed where nobody can answer
  --sample NUMBER      for drift: ask AWS for the effective policies of so many accounts, 20 without it; instead of
                       it --target, which may be repeated, for the accounts below
  --profile NAME       the profile of AWS's configuration files, instead of the credentials of the environment
  --endpoint URL       another endpoint than AWS's own
  --embedded FILE      an organization in a file that behaves as AWS does, instead of AWS
  --help, --version

Exit status: 0 no problem at or above the fail level and no drift, 1 such a problem or drift, or a file that an import
left as it is, 2 wrong use or unreadable input, 3 AWS failed.
`;

const options = {
  'format': { type: 'string' },
  'at': { type: 'string' },
  'organization': { type: 'string' },
  'target': { type: 'string', multiple: true },
  'sample': { type: 'string' },
  'path': { type: 'string' },
  'guardrails': { type: 'string' },
  'resources': { type: 'string' },
  'days': { type: 'string' },
  'time-zone': { type: 'string' },
  'base': { type: 'string' },
  'fail-on': { type: 'string' },
  'config': { type: 'string' },
  'no-config': { type: 'boolean' },
  'changed': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'yes': { type: 'boolean' },
  'redact-ids': { type: 'boolean' },
  'fresh': { type: 'boolean' },
  'profile': { type: 'string' },
  'endpoint': { type: 'string' },
  'embedded': { type: 'string' },
  'help': { type: 'boolean', short: 'h' },
  'version': { type: 'boolean', short: 'v' },
} as const;

type Option = keyof typeof options;

/** A command with what was given to it. */
export interface Arguments {
  readonly command: Command;
  readonly files: readonly string[];
  readonly values: ReturnType<typeof parse>['values'];
}

const commands = {
  lint: ['format', 'at', 'organization', 'fail-on', 'config', 'no-config'],
  check: ['format', 'at', 'organization', 'guardrails', 'fail-on', 'config', 'no-config'],
  effective: ['format', 'at', 'organization', 'target'],
  explain: ['format', 'at', 'organization', 'target', 'path'],
  schedule: ['format', 'at', 'organization', 'target', 'days', 'time-zone'],
  plan: ['format', 'at', 'organization', 'base', 'fail-on'],
  reach: ['format', 'at', 'organization', 'target', 'resources', 'fail-on'],
  coverage: ['format', 'at', 'organization'],
  import: ['format', 'organization', 'redact-ids', 'fresh', 'dry-run', ...awsOptions],
  push: ['format', 'organization', 'fail-on', 'changed', 'dry-run', 'yes', ...awsOptions],
  readiness: ['format', 'at', 'organization', 'target'],
  drift: ['format', 'organization', 'target', 'sample', ...awsOptions],
} as const satisfies Readonly<Record<string, readonly Option[]>>;

type Command = keyof typeof commands;

/**
 * Reads the command line; `help` and `version` come before everything else.
 * @throws InputError for what no command takes.
 */
export function readArguments(args: readonly string[]): Arguments | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  if (values.version === true) return 'version';
  const [command, ...files] = positionals;
  if (command === undefined) throw new InputError(`Name a command: lint, effective, explain, schedule, plan, reach, coverage, readiness, check, import, push or drift. ${more}`);
  if (!isCommand(command)) throw new InputError(`There is no command "${command}". ${more}`);
  for (const option of Object.keys(values)) {
    if (!commands[command].some((each) => each === option)) throw new InputError(`${command} takes no option --${option}. ${more}`);
  }
  const [surplus] = files;
  if (command !== 'lint' && command !== 'push' && surplus !== undefined) throw new InputError(`${command} takes no file "${surplus}": the model goes behind --organization. ${more}`);
  return { command, files, values };
}

const more = 'See backup-policy --help.';

function isCommand(command: string): command is Command {
  return Object.hasOwn(commands, command);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(`${message.split(/\.?(?:\s*\n|\. |$)/)[0] ?? ''}. ${more}`);
  }
}

/**
 * One of the words that an option takes.
 * @throws InputError for another.
 */
export function readChoice<Choice extends string>(option: Option, value: string | undefined, choices: readonly [Choice, ...Choice[]]): Choice {
  if (value === undefined) return choices[0];
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new InputError(`--${option} ${value} is not one of ${choices.join(', ')}.`);
  return choice;
}

/**
 * The one value of an option that some commands let be repeated; undefined where it is not given.
 * @throws InputError when it is repeated.
 */
export function readOne(option: Option, values: readonly string[] | undefined): string | undefined {
  if (values !== undefined && values.length > 1) throw new InputError(`--${option} is given more than once.`);
  return values?.[0];
}
