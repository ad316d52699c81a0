import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';
import { outcomeOf, type FixtureLevel } from './organizationFixture.ts';

interface AdmissionRecording {
  readonly id: string;
  readonly group: string;
  readonly at: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly text: string;
}

interface EffectiveRecording {
  readonly id: string;
  readonly at: string;
  readonly levels: readonly FixtureLevel[];
  readonly effective: unknown;
  readonly errors: readonly unknown[] | null;
}

const admission = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly AdmissionRecording[];
const effective = JSON.parse(readFileSync('test/fixtures/recordings/effective.json', 'utf8')) as readonly EffectiveRecording[];

describe('the recorded verdicts of CreatePolicy', () => {
  for (const group of new Set(admission.map((recording) => recording.group))) {
    const recordings = admission.filter((recording) => recording.group === group);
    test(`agree in all ${String(recordings.length)} cases of ${group}`, () => {
      const disagreements = recordings.flatMap((recording) => {
        const problems = admissionProblems(parseDocument(recording.text), Date.parse(recording.at));
        const verdict = verdictOf(problems);
        return verdict === recording.verdict ? [] : [{ id: recording.id, aws: recording.verdict, problems: problems.map((problem) => problem.message), text: recording.text }];
      });
      expect(disagreements).toEqual([]);
    });
  }

  test('are refused for one mistake with one problem', () => {
    const several = admission.filter((recording) => recording.verdict === 'rejected').flatMap((recording) => {
      const problems = admissionProblems(parseDocument(recording.text), Date.parse(recording.at));
      return problems.length > 1 ? [{ text: recording.text, problems: problems.map((problem) => problem.message) }] : [];
    });
    // The recordings with two mistakes of their own: a key and a value that are both no vault ARN, a tag without a
    // key whose role is wrong as well, an archive with too short a stay and too frequent a schedule.
    expect(several.filter(({ text }) => !/"copy_actions"|"iam_role_arn"|"opt_in_to_archive/.test(text))).toEqual([]);
  });
});

describe('the recorded effective policies', () => {
  test.each(effective)('$id', ({ levels, at, effective: answer, errors }) => {
    const ours = outcomeOf(levels, Date.parse(at));
    if (answer !== null) expect(ours.effective).toEqual(answer);
    if (errors !== null) {
      expect(sorted(ours.errors)).toEqual(sorted(errors));
    }
  });
});

function sorted(errors: readonly unknown[]): readonly string[] {
  return errors.map((error) => JSON.stringify(error)).sort();
}
