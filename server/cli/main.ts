#!/usr/bin/env node
import { version } from '../../package.json';
import { OrganizationsError } from '../organizations/errors.ts';
import { Refusal } from '../organizations/refusal.ts';
import { readAwsArguments } from './awsArguments.ts';
import { readArguments, readChoice, readOne, usage, type Arguments } from './arguments.ts';
import type { ConfigurationChoice } from './configuration.ts';
import { InputError } from './inputError.ts';
import type { Outcome } from './outcome.ts';

async function run(args: readonly string[]): Promise<Outcome> {
  const read = readArguments(args);
  if (read === 'help') return { status: 0, output: usage };
  if (read === 'version') return { status: 0, output: `${version}\n` };
  const { command, values } = read;
  if (command === 'lint') return runLint(read);
  if (command === 'plan') return runPlan(values);
  if (command === 'import') return runImport(values);
  if (command === 'push') return runPush(read);
  if (command === 'reach') return runReach(values);
  if (command === 'coverage') return runCoverage(values);
  if (command === 'readiness') return runReadiness(values);
  if (command === 'check') return runCheck(values);
  if (command === 'drift') return runDrift(values);
  const format = readChoice('format', values.format, ['text', 'json']);
  const { organization, at } = values;
  const target = readOne('target', values.target);
  if (organization === undefined || target === undefined) throw new InputError(`${command} needs --organization FILE and --target ID|PATH.`);
  if (command === 'effective') {
    const { effective } = await import('./effective.ts');
    return effective({ organization, target, format, at });
  }
  if (command === 'schedule') {
    const { schedule } = await import('./schedule.ts');
    return schedule({ organization, target, format, at, days: values.days, timeZone: values['time-zone'] });
  }
  if (values.path === undefined) throw new InputError('explain needs --path, such as plans/daily/regions.');
  const { explain } = await import('./explain.ts');
  return explain({ organization, target, format, at, path: values.path });
}

async function runLint({ files, values }: Arguments): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json', 'sarif', 'junit', 'github']);
  const failOn = readChoice('fail-on', values['fail-on'], ['error', 'warning', 'info', 'hint', 'never']);
  if (files.length === 0 && values.organization === undefined) throw new InputError('lint needs the files to check, or --organization FILE.');
  const coloured = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  const { lint } = await import('./lint.ts');
  return lint({ files, format, failOn, at: values.at, organization: values.organization, configuration: configurationChoice(values), coloured });
}

async function runPlan(values: Arguments['values']): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json', 'markdown', 'github']);
  const failOn = readChoice('fail-on', values['fail-on'], ['frozen', 'lost', 'weaker', 'never']);
  const { organization, base, at } = values;
  if (organization === undefined || base === undefined) throw new InputError('plan needs --organization FILE and --base FILE|DIR|git:REV.');
  const { plan } = await import('./plan.ts');
  return plan({ organization, base, format, failOn, at });
}

async function runImport(values: Arguments['values']): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json']);
  const { organization } = values;
  if (organization === undefined) throw new InputError('import needs --organization FILE.');
  const told = (sentence: string): boolean => process.stderr.write(`backup-policy: ${sentence}\n`);
  const { importFromAws } = await import('./import.ts');
  return importFromAws({ organization, redactIds: values['redact-ids'] === true, fresh: values.fresh === true, dryRun: values['dry-run'] === true, aws: readAwsArguments(values), format }, told);
}

async function runPush({ files, values }: Arguments): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json']);
  const failOn = readChoice('fail-on', values['fail-on'], ['frozen', 'lost', 'weaker', 'never']);
  const { organization } = values;
  if (organization === undefined) throw new InputError('push needs --organization FILE.');
  const { push } = await import('./push.ts');
  return push({ organization, policies: files, changed: values.changed === true, dryRun: values['dry-run'] === true, yes: values.yes === true, aws: readAwsArguments(values), format, failOn });
}

async function runCheck(values: Arguments['values']): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json', 'sarif', 'junit', 'github']);
  const failOn = readChoice('fail-on', values['fail-on'], ['error', 'warning', 'info', 'hint', 'never']);
  const { organization, guardrails, at } = values;
  const { check } = await import('./check.ts');
  return check({ organization, guardrails, format, failOn, at, configuration: configurationChoice(values) });
}

async function runReach(values: Arguments['values']): Promise<Outcome> {
  const format = readChoice('format', values.format, ['text', 'json', 'csv']);
  const failOn = readChoice('fail-on', values['fail-on'], ['never', 'unreached']);
  const { organization, resources, at } = values;
  const target = readOne('target', values.target);
  if (organization === undefined || target === undefined || resources === undefined) throw new InputError('reach needs --organization FILE, --target ID|PATH and --resources FILE|-.');
  const { reach } = await import('./reach.ts');
  return reach({ organization, target, resources, format, failOn, at });
}

async function runCoverage({ format, organization, at }: Arguments['values']): Promise<Outcome> {
  const chosen = readChoice('format', format, ['text', 'json', 'csv', 'markdown']);
  if (organization === undefined) throw new InputError('coverage needs --organization FILE.');
  const { coverage } = await import('./coverage.ts');
  return coverage({ organization, format: chosen, at });
}

async function runReadiness({ format, organization, target: targets, at }: Arguments['values']): Promise<Outcome> {
  const target = readOne('target', targets);
  const chosen = readChoice('format', format, ['text', 'json', 'csv', 'markdown', 'cloudformation']);
  if (organization === undefined) throw new InputError('readiness needs --organization FILE.');
  const { readiness } = await import('./readiness.ts');
  return readiness({ organization, target, format: chosen, at });
}

async function runDrift({ format, organization, target = [], sample, ...aws }: Arguments['values']): Promise<Outcome> {
  const chosen = readChoice('format', format, ['text', 'json', 'markdown', 'github']);
  if (organization === undefined) throw new InputError('drift needs --organization FILE.');
  const { drift } = await import('./drift.ts');
  return drift({ organization, targets: target, sample, format: chosen, aws: readAwsArguments(aws) }, (sentence) => process.stderr.write(`backup-policy: ${sentence}\n`));
}

function configurationChoice(values: Arguments['values']): ConfigurationChoice {
  if (values['no-config'] === true && values.config !== undefined) throw new InputError('--config and --no-config exclude each other.');
  if (values['no-config'] === true) return { type: 'none' };
  return values.config === undefined ? { type: 'nearest' } : { type: 'file', file: values.config };
}

/** A reader such as `head` may close the pipe at any time: that is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  fail(error);
});

function fail(error: unknown): void {
  process.stderr.write(`backup-policy: ${sentenceOf(error).replace(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = error instanceof OrganizationsError ? 3 : 2;
}

function sentenceOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  if (error instanceof OrganizationsError || error instanceof Refusal) return `${error.message} ${error.nextStep}`;
  return `The command stopped at a fault of its own: ${error instanceof Error ? error.message : String(error)}`;
}

run(process.argv.slice(2)).then(({ status, output, warnings = [] }) => {
  for (const warning of warnings) process.stderr.write(`backup-policy: ${warning}\n`);
  process.exitCode = status;
  process.stdout.write(output);
}, fail);
