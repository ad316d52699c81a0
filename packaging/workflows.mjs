// What must hold of a workflow of GitHub Actions, so that nobody else's change or text runs in it.
import { parse } from 'yaml';

/** A sentence for each thing that is wrong with the text of a workflow. */
export function workflowProblems(text) {
  const { workflow, problem } = parsed(text);
  if (workflow === undefined) return [problem];
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...triggerProblems(workflow),
    ...permissionProblems('The workflow', workflow.permissions),
    ...(/\bsecrets\b/.test(JSON.stringify(workflow.env ?? {})) ? ['The workflow hands secrets to every job.'] : []),
    ...(jobs.length === 0 ? ['It has no jobs.'] : jobs.flatMap(([name, job]) => jobProblems(name, job))),
    ...pinProblems(text),
  ];
}

function parsed(text) {
  try {
    const workflow = parse(text);
    return typeof workflow === 'object' && workflow !== null ? { workflow } : { problem: 'It is no workflow.' };
  } catch (error) {
    return { problem: `It is no YAML: ${error.message.split('\n')[0]}` };
  }
}

/** With pull_request_target and workflow_run, code of strangers meets the secrets of the repository. */
function triggerProblems({ on }) {
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  if (events.length === 0) return ['It names no event.'];
  return events.filter((event) => ['pull_request_target', 'workflow_run', 'issue_comment'].includes(event)).map((event) => `It runs on ${event}, which lets code or text of strangers reach secrets.`);
}

function permissionProblems(whose, permissions) {
  if (typeof permissions !== 'object' || permissions === null) return [`${whose} must list its permissions.`];
  return Object.entries(permissions).filter(([, level]) => !['none', 'read', 'write'].includes(level)).map(([scope]) => `${whose} has no valid permission for ${scope}.`);
}

function jobProblems(name, job) {
  const whose = `The job ${name}`;
  const all = JSON.stringify(job);
  return [
    ...permissionProblems(whose, job.permissions),
    ...(Number.isInteger(job['timeout-minutes']) ? [] : [`${whose} must have timeout-minutes.`]),
    ...(typeof job['runs-on'] === 'string' && /^[a-z]+-[\d.]+$/.test(job['runs-on']) ? [] : [`${whose} must run on a fixed version of a system.`]),
    ...(/\bsecrets\b\s*[.[]/.test(all) && job.environment === undefined ? [`${whose} uses secrets outside of an environment.`] : []),
    ...(Array.isArray(job.steps) && job.steps.length > 0 ? job.steps.flatMap((step) => stepProblems(whose, step)) : [`${whose} has no steps.`]),
  ];
}

function stepProblems(whose, step) {
  const label = `${whose}, step ${JSON.stringify(step.name ?? step.uses ?? step.run)},`;
  return [
    ...(typeof step.run === 'string' && step.run.includes('${{') ? [`${label} puts an expression into a script: hand it over in env.`] : []),
    ...(/\bgithub\.event\b|\bgithub\.head_ref\b/.test(JSON.stringify(step)) ? [`${label} uses text that strangers write.`] : []),
    ...(typeof step.uses === 'string' && step.uses.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false ? [`${label} leaves its token in the clone.`] : []),
    ...(step.uses === undefined || isPinned(step.uses) ? [] : [`${label} is not pinned to a commit.`]),
  ];
}

/** An action of this repository is pinned with it; every other one by the hash of a commit. */
const isPinned = (uses) => /^\.\/[\w./-]+$/.test(uses) || /^[\w.-]+\/[\w.-]+(\/[\w./-]+)?@[0-9a-f]{40}$/.test(uses);

/** A hash says nothing to a reader: the version stands behind it. */
function pinProblems(text) {
  const lines = text.split('\n').filter((line) => /^\s*(-\s+)?uses:\s+[^.]/.test(line));
  return lines.filter((line) => !/# v\d+\.\d+\.\d+\s*$/.test(line)).map((line) => `"${line.trim()}" must end with the version as a comment, such as # v1.2.3.`);
}
