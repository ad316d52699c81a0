import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Range } from 'vscode-languageserver-types';
import { displayName, name as packageName, version } from '../../../package.json';
import { rules, type RuleId, type Severity, type Stage } from '../../core/rules.ts';
import type { Report, ReportedFile, ReportedProblem } from './report.ts';

const ids = Object.keys(rules) as readonly RuleId[];
const levels: Readonly<Record<Severity | 'off', 'error' | 'warning' | 'note' | 'none'>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note', off: 'none' };

/** What a problem of a stage leads to. Source: ARCHITECTURE.md, "Problems have a stage". */
const consequences: Readonly<Record<Stage, string>> = {
  syntax: 'AWS refuses the policy.',
  admission: 'AWS refuses the policy.',
  effective: 'AWS withholds the effective policy, and accounts keep their last valid one.',
  ineffective: 'AWS takes the policy without a word, although this part of it does nothing.',
  runtime: 'AWS takes the policy, and AWS Backup may fail or surprise later.',
  style: 'AWS takes the policy.',
  model: 'The model file does not describe an organization as AWS has it.',
  guardrail: 'AWS takes the policy; it is not what the guardrails of the organization ask for.',
};

/**
 * The problems as SARIF 2.1.0, in UTF-16 code units. Places are relative to %SRCROOT%, the working folder.
 * Source: SARIF 2.1.0, sections 3.19 (tool component), 3.27 (result), 3.30 (region).
 */
export function sarifReport({ files }: Report): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'backup-policy', fullName: displayName, version, semanticVersion: version, rules: ids.map(descriptor) } },
      originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that the command ran in.' } } },
      columnKind: 'utf16CodeUnits',
      results: files.flatMap(results),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(id: RuleId): object {
  const { title, stage, level } = rules[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}. ${consequences[stage]}` },
    help: { text: `${consequences[stage]} What to do is in docs/rules/${id}.md of the package ${packageName}.` },
    defaultConfiguration: { level: levels[level] },
    properties: { tags: [stage] },
  };
}

function results(file: ReportedFile): readonly object[] {
  const seen = new Map<string, number>();
  return file.problems.map((problem) => {
    const key = [problem.rule, ...problem.path].join('\n');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return result(file, problem, `${key}\n${String(count)}`);
  });
}

/** @param key tells the problem from all others of its file, also after lines above it have changed. */
function result({ location }: ReportedFile, { rule, severity, message, range, related }: ReportedProblem, key: string): object {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: physicalLocation(location, range) }],
    partialFingerprints: { 'ruleAndPath/v1': createHash('sha256').update(`${location}\n${key}`).digest('hex') },
    ...(related.length === 0 ? {} : { relatedLocations: related.map((place, id) => ({ id, message: { text: place.message }, physicalLocation: physicalLocation(place.location, place.range) })) }),
  };
}

function physicalLocation(location: string, { start, end }: Range): object {
  return {
    artifactLocation: artifactLocation(location),
    region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
  };
}

function artifactLocation(location: string): object {
  if (path.isAbsolute(location)) return { uri: pathToFileURL(location).toString() };
  return { uri: location.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
