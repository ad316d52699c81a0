import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { workflowProblems } from '../../packaging/workflows.mjs';

const sound = `
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - name: Build
        env:
          REF: \${{ github.ref }}
        run: echo "$REF"
`;

/** The sound workflow with one change. Throws when nothing changes. */
function changed(from: string, to: string): string {
  const text = sound.replace(from, to);
  if (text === sound) throw new Error(`The workflow has no ${from}.`);
  return text;
}

describe('a workflow', () => {
  test('may be like this', () => {
    expect(workflowProblems(sound)).toEqual([]);
  });

  test.each([
    ['an action of this repository', '- name: Build', '- uses: ./.github/actions/it\n      - name: Build'],
    ['an action in a folder of its repository', 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n        with:\n          persist-credentials: false', 'owner/actions/deep/it@11bd71901bbe5b1630ceea73d27597364c9af683 # v1.0.0'],
    ['a secret in a job with an environment', 'timeout-minutes: 10', 'timeout-minutes: 10\n    environment: release\n    env:\n      TOKEN: ${{ secrets.TOKEN }}'],
    ['no permission at all', 'permissions:\n  contents: read\njobs', 'permissions: {}\njobs'],
  ])('may have %s', (_what, from, to) => {
    expect(workflowProblems(changed(from, to))).toEqual([]);
  });

  test.each([
    ['an action by its tag', '@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2', '@v4 # v4.2.2', ['is not pinned to a commit']],
    ['an action by its branch', '@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2', '@main # v4.2.2', ['is not pinned to a commit']],
    ['an action by half of a hash', '@11bd71901bbe5b1630ceea73d27597364c9af683', '@11bd719', ['is not pinned to a commit']],
    ['an action in an image', 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683', 'docker://alpine:3', ['is not pinned to a commit']],
    ['an action without its version', ' # v4.2.2', '', ['must end with the version']],
    ['a token that stays in the clone', 'persist-credentials: false', 'fetch-depth: 0', ['leaves its token']],
    ['no permissions', 'permissions:\n  contents: read\njobs', 'jobs', ['The workflow must list its permissions']],
    ['all permissions', 'permissions:\n  contents: read\njobs', 'permissions: write-all\njobs', ['The workflow must list its permissions']],
    ['a job without permissions', '    permissions:\n      contents: read\n', '', ['The job build must list its permissions']],
    ['a job without a limit', '    timeout-minutes: 10\n', '', ['must have timeout-minutes']],
    ['a job on whatever system is the latest', 'ubuntu-24.04', 'ubuntu-latest', ['a fixed version']],
    ['an expression in a script', 'echo "$REF"', 'echo "${{ github.ref }}"', ['puts an expression into a script']],
    ['text of strangers in a script', 'echo "$REF"', 'echo "${{ github.event.issue.title }}"', ['puts an expression into a script', 'uses text that strangers write']],
    ['text of strangers in a variable', 'github.ref }}', 'github.event.pull_request.title }}', ['uses text that strangers write']],
    ['the name of a branch of strangers', 'github.ref }}', 'github.head_ref }}', ['uses text that strangers write']],
    ['code of strangers beside its secrets', 'on: push', 'on: [push, pull_request_target]', ['pull_request_target']],
    ['a run after that of strangers', 'on: push', 'on:\n  workflow_run:\n    workflows: [CI]', ['workflow_run']],
    ['a secret outside of an environment', 'github.ref }}', 'secrets.TOKEN }}', ['uses secrets outside of an environment']],
    ['a secret for every job', 'on: push', 'on: push\nenv:\n  TOKEN: ${{ secrets.TOKEN }}', ['hands secrets to every job']],
    ['no steps', '    steps:', '    stages:', ['has no steps']],
    ['no event', 'on: push', 'name: It', ['names no event']],
  ])('is refused with %s', (_what, from, to, problems) => {
    expect(workflowProblems(changed(from, to))).toEqual(problems.map((problem) => expect.stringContaining(problem) as string));
  });

  test.each([['jobs: ['], ['a: 1\na: 2'], ['text'], ['']])('is refused when it is %j', (text) => {
    expect(workflowProblems(text)).toHaveLength(1);
  });
});

describe('the workflows of this project', () => {
  const folder = '.github/workflows';
  const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));

  interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly jobs: Readonly<Record<string, { readonly needs?: string; readonly steps: readonly { readonly run?: string }[] }>>;
  }
  const workflow = (name: string): Workflow => parse(texts.get(name) ?? '') as Workflow;
  const scripts = (name: string, job: string): string => (workflow(name).jobs[job]?.steps ?? []).map(({ run = '' }) => run).join('\n');

  test('are two, and sound', () => {
    expect([...texts.keys()].sort()).toEqual(['ci.yml', 'release.yml']);
    for (const [name, text] of texts) expect(workflowProblems(text), name).toEqual([]);
  });

  test.each([['ci.yml', 'test'], ['release.yml', 'build']])('%s runs in its job %s what everybody runs, and packages', (name, job) => {
    expect(scripts(name, job)).toMatch(/bash \.ci\/run\n[^]*npm run package/);
  });

  test('releases only what a tag names, after it was built twice, in this order: both marketplaces, GitHub', () => {
    expect(workflow('release.yml').on).toEqual({ push: { tags: ['v*'] } });
    expect(scripts('release.yml', 'build')).toMatch(/test "\$GITHUB_REF_NAME" = "v\$version"[^]*cmp "\$file" "\$release\/\$file"[^]*sha256sum/);
    expect(workflow('release.yml').jobs['marketplaces']?.needs).toBe('build');
    expect(scripts('release.yml', 'marketplaces')).toMatch(/sha256sum --check[^]*vsce publish[^]*ovsx@\d+\.\d+\.\d+ publish/);
    expect(workflow('release.yml').jobs['github']?.needs).toBe('marketplaces');
    expect(scripts('release.yml', 'github')).toMatch(/sha256sum --check[^]*gh release create/);
  });

  test('use the version of Node that the project names', () => {
    expect(readFileSync('.node-version', 'utf8')).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const text of texts.values()) expect(text).not.toMatch(/node-version:/);
  });
});
