import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { rules, type RuleId } from '../../server/core/rules.ts';
import { commandLine } from './commandLine.ts';

const { runIn, file } = await commandLine();
const cwd = 'test/fixtures/cli';
const at = '2026-11-21T06:00:00Z';

interface Sarif {
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly version: string; readonly rules: readonly { readonly id: string; readonly help: { readonly text: string }; readonly defaultConfiguration: { readonly level: string } }[] } };
    readonly results: readonly SarifResult[];
  }];
}

interface SarifResult {
  readonly ruleId: RuleId;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>> } }];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface JsonReport {
  readonly files: readonly { readonly file: string; readonly verdict: string; readonly problems: readonly { readonly rule: string; readonly severity: string; readonly range: { readonly start: { readonly line: number; readonly character: number } } }[] }[];
}

function report(format: string, ...args: readonly string[]): string {
  return runIn({ cwd }, 'lint', 'organization', '--at', at, '--format', format, ...args).output;
}

function sarif(): Sarif {
  return JSON.parse(report('sarif')) as Sarif;
}

/** SARIF without the part of the rule table that no result needs: a new rule or release is no change of the report. */
function withRulesInUse(output: string): string {
  const log = JSON.parse(output) as { runs: [{ tool: { driver: { version: string; semanticVersion: string; rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }] };
  const [run] = log.runs;
  const inUse = run.tool.driver.rules.filter(({ id }) => run.results.some(({ ruleId }) => ruleId === id));
  Object.assign(run.tool.driver, { version: '', semanticVersion: '', rules: inUse });
  for (const result of run.results) result.ruleIndex = inUse.findIndex(({ id }) => id === result.ruleId);
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

describe('the report of a folder is the one on file', () => {
  test.each([
    ['text', 'report.txt'],
    ['json', 'report.json'],
    ['sarif', 'report.sarif'],
    ['junit', 'report.xml'],
    ['github', 'report.github.txt'],
  ])('as %s', (format, name) => {
    const golden = `${cwd}/expected/${name}`;
    const output = format === 'sarif' ? withRulesInUse(report(format)) : report(format);
    // UPDATE_GOLDEN=1 npx vitest run test/cli/reporters.test.ts
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, output);
    expect(output).toBe(readFileSync(golden, 'utf8'));
  });
});

const formats = {
  'uri': (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => /^[\w.~:/?#[\]@!$&'()*+,;=%-]*$/.test(text) && URL.canParse(text, 'https://example.org/'),
  'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
};

describe('SARIF', () => {
  test('keeps to the schema of 2.1.0', () => {
    // The schema is of draft 4, whose dialect ajv does not know by name; nothing in it reads otherwise in draft 7.
    const draft4 = JSON.parse(readFileSync('test/fixtures/sarif/sarif-schema-2.1.0.json', 'utf8')) as Readonly<Record<string, unknown>>;
    const schema = Object.fromEntries(Object.entries(draft4).filter(([key]) => key !== '$schema' && key !== 'id'));
    const validate = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats }).compile(schema);
    expect([validate(sarif()), validate.errors]).toEqual([true, null]);
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
  });

  test('describes every rule, and each result names its rule', () => {
    const [{ tool: { driver }, results }] = sarif().runs;
    expect(driver.rules.map(({ id }) => id)).toEqual(Object.keys(rules));
    expect(driver.version).toBe(version);
    for (const { ruleId, ruleIndex } of results) expect(driver.rules[ruleIndex]?.id).toBe(ruleId);
    for (const rule of driver.rules) expect(rule.help.text).toContain(`docs/rules/${rule.id}.md`);
  });

  test('has places that an editor finds: counted from 1 in UTF-16, in files with relative addresses', () => {
    const [{ results }] = sarif().runs;
    const { files } = JSON.parse(report('json')) as JsonReport;
    const places = files.flatMap(({ file: name, problems }) => problems.map(({ rule, range: { start } }) => [name, rule, start.line + 1, start.character + 1]));
    expect(results.map(({ ruleId, locations: [{ physicalLocation: { artifactLocation, region } }] }) => [artifactLocation.uri, ruleId, region.startLine, region.startColumn])).toEqual(places);
  });

  test('has a fingerprint of its own for each result, which lines above do not change', () => {
    const fingerprints = (): readonly string[] => sarif().runs[0].results.map(({ partialFingerprints }) => partialFingerprints['ruleAndPath/v1'] ?? '');
    const name = 'lines.json';
    const text = '{"plans":{"a":{"regions":["x"]}}}';
    file(name, text);
    const ofText = (): readonly string[] => (JSON.parse(runIn({ input: text }, 'lint', '-', '--format', 'sarif').output) as Sarif).runs[0].results.map((result) => result.partialFingerprints['ruleAndPath/v1'] ?? '');
    const ofShifted = (JSON.parse(runIn({ input: `\n\n${text}` }, 'lint', '-', '--format', 'sarif').output) as Sarif).runs[0].results.map((result) => result.partialFingerprints['ruleAndPath/v1'] ?? '');
    expect(new Set(fingerprints()).size).toBe(fingerprints().length);
    expect(ofShifted).toEqual(ofText());
  });

  test('escapes names of files, and names those outside of the folder as a whole', () => {
    file('a b/50%.json', '{}\n{');
    const outside = file('out.json', '');
    const inside = (JSON.parse(runIn({ cwd: file('a b/x.txt', '').replace(/\/x\.txt$/, '') }, 'lint', '50%.json', outside, '--format', 'sarif').output) as Sarif).runs[0].results;
    const uris = inside.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri);
    expect(uris[0]).toBe('50%25.json');
    expect(uris.at(-1)).toMatch(/^file:\/\/\/.*\/out\.json$/);
  });
});

describe('GitHub annotations', () => {
  test('leave hints out unless they fail', () => {
    expect(report('github')).not.toContain('default-vault');
    expect(report('github', '--fail-on', 'hint')).toContain('title=default-vault');
  });
});

describe('JUnit', () => {
  test('fails what is at or above the fail level, and prints the rest', () => {
    expect(report('junit', '--fail-on', 'warning')).toMatch(/<failure message="[^"]+" type="blocked-by-parent">/);
    expect(report('junit', '--fail-on', 'never')).not.toContain('<failure');
    expect(report('junit', '--fail-on', 'never')).toContain('error invalid-name');
  });

  test('holds no character that XML forbids', () => {
    const output = runIn({ input: '{"plans":{"\\u0000\\u001b\\ufffe\\ud800":{}}}' }, 'lint', '-', '--format', 'junit').output;
    expect(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/.test(output)).toBe(false);
    expect(output).toContain('\\u0000\\u001b\\ufffe');
  });
});
