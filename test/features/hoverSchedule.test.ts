import { readFileSync } from 'node:fs';
import { MarkupContent } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { scheduleFields } from '../../server/core/cron/fields.ts';
import { parseSchedule } from '../../server/core/cron/parse.ts';
import { changesClock, clockTime, localTimeZone, offsetFromUtc } from '../../server/features/hover/localTime.ts';
import { hover } from '../../server/features/hover/hover.ts';
import { escaped } from '../../server/features/markdown.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';
import { cursorIn } from './cursor.ts';
import { Editor } from '../lsp/editor.ts';
import { monday } from './organizations.ts';

const uri = 'file:///project/backup-policies/draft.json';

/** The hover in a rule whose schedule is the JSON `value`, with `|` for the cursor. */
function over(value: string, timeZone = 'Europe/Berlin', now = monday): string {
  const { text, position } = cursorIn(`{"plans": {"p": {"rules": {"r": {"schedule_expression": {"@@assign": ${value}}}}}}}`);
  const found = hover(applyChanges(emptySnapshot(0), 0, [{ type: 'policy', uri, text }]), { uri, position, chosen: undefined, clock: { now, timeZone } });
  return found !== null && MarkupContent.is(found.contents) ? found.contents.value : '';
}

/** The rows of the table of runs. */
function runs(markdown: string): readonly string[] {
  return markdown.split('\n').filter((line) => /^\| \w+day \d/.test(line));
}

describe('hover on a schedule', () => {
  it('says it in words, and the next five runs in UTC and local time', () => {
    expect(over('"cron(0 3 1| * ? *)"')).toBe([
      '`cron(0 3 1 * ? *)`', '',
      'At 03:00 UTC, on day 1 of every month.', '',
      'Next runs:', '',
      '| UTC | Local time, Europe/Berlin |',
      '| :-- | :-- |',
      '| Thursday 2026-10-01 03:00 | Thursday 2026-10-01 05:00 (UTC+2) |',
      '| Sunday 2026-11-01 03:00 | Sunday 2026-11-01 04:00 (UTC+1) |',
      '| Tuesday 2026-12-01 03:00 | Tuesday 2026-12-01 04:00 (UTC+1) |',
      '| Friday 2027-01-01 03:00 | Friday 2027-01-01 04:00 (UTC+1) |',
      '| Monday 2027-02-01 03:00 | Monday 2027-02-01 04:00 (UTC+1) |', '',
      'AWS keeps to UTC: the local time moves with daylight saving time.',
    ].join('\n'));
  });

  it.each(['"|cron(0 5 ? * * *)"', '"cron|(0 5 ? * * *)"', '"cron(0 5 ? * * *)|"', '|"cron(0 5 ? * * *)"'])('says the same anywhere in the string: %s', (value) => {
    expect(over(value)).toBe(over('"cron(0 |5 ? * * *)"'));
    expect(runs(over(value))).toHaveLength(5);
  });

  it('counts from the clock that it is given, not from the last change', () => {
    expect(runs(over('"c|ron(0 5 ? * * *)"', 'UTC', Date.UTC(2026, 0, 1, 5)))[0]).toBe('| Friday 2026-01-02 05:00 | Friday 2026-01-02 05:00 (UTC) |');
    expect(runs(over('"c|ron(0 5 ? * * *)"', 'UTC', Date.UTC(2026, 0, 1, 4, 59)))[0]).toContain('Thursday 2026-01-01 05:00');
  });

  it('says the weekday of each clock: it may be another one', () => {
    expect(runs(over('"cron(0 5 ? * MON *)|"', 'America/Los_Angeles'))[0]).toBe('| Monday 2026-09-21 05:00 | Sunday 2026-09-20 22:00 (UTC-7) |');
    expect(runs(over('"cron(30 20 ? * SAT *)|"', 'Asia/Kolkata'))[0]).toBe('| Saturday 2026-09-19 20:30 | Sunday 2026-09-20 02:00 (UTC+5:30) |');
  });

  it('follows daylight saving time from one run to the next, and speaks of it only where the clock is changed', () => {
    const october = Date.UTC(2026, 9, 23, 12);
    expect(runs(over('"cron(0 0 ? * * *)|"', 'Europe/Berlin', october)).slice(0, 3).map((row) => row.split('|')[2]?.trim())).toEqual(['Saturday 2026-10-24 02:00 (UTC+2)', 'Sunday 2026-10-25 02:00 (UTC+2)', 'Monday 2026-10-26 01:00 (UTC+1)']);
    expect(over('"cron(0 0 ? * * *)|"', 'Europe/Berlin')).toContain('daylight saving');
    expect(over('"cron(0 0 ? * * *)|"', 'Asia/Tokyo')).not.toContain('daylight saving');
  });

  it('escapes the name of the zone', () => {
    expect(over('"cron(0 0 ? * * *)|"', 'America/New_York')).toContain('| UTC | Local time, America/New\\_York |');
  });

  it('lists fewer runs, or none, where the schedule ends', () => {
    expect(runs(over('"cron(0 5 1 1 ? 2027-2028)|"'))).toHaveLength(2);
    expect(over('"cron(0 5 1 1 ? 2027-2028)|"')).toContain('The last runs:');
    expect(over('"cron(0 5 1 1 ? 2020)|"')).toContain('It never runs again.');
  });

  it('says what AWS reads otherwise than it looks', () => {
    expect(over('"cron(0 5 ? * 1,3,5)|"')).toContain('- The sixth field, the year, is missing: AWS reads this as every year. Write \\* for it.\n- AWS counts weekdays from 1 for Sunday: "1,3,5" is Sunday, Tuesday and Thursday. With names: SUN,TUE,THU.\n\nNext runs:');
  });
});

describe('hover on a schedule that AWS refuses', () => {
  it.each([
    ['"cron(6|0 5 ? * * *)"', '**minutes** takes 0 to 59'],
    ['"cron(0 2|5 ? * * *)"', '**hours** takes 0 to 23'],
    ['"cron(0 5 3|2 * ? *)"', '**day-of-month** takes 1 to 31, L, L-3, LW, 15W or ?'],
    ['"cron(0 5 1 1|3 ? *)"', '**month** takes 1 to 12 or JAN to DEC'],
    ['"cron(0 5 ? * 8| *)"', '**day-of-week** takes 1 (Sunday) to 7 (Saturday), SUN to SAT, MON#2, FRIL or ?'],
    ['"cron(0 5 ? * * 19|69)"', '**year** takes 1970 to 2199'],
    ['"cro|n(60 25 ? * * *)"', '**minutes** takes'],
    ['"cron(60 2|5 ? * * *)"', '**hours** takes'],
    ['"cron(60 5 ? * * |*)"', '**minutes** takes'],
  ])('%s: says what the wrong field under the cursor takes, else the first', (value, said) => {
    expect(over(value)).toContain(said);
    expect(over(value)).toContain('AWS refuses this schedule: it has no runs.');
    expect(over(value).match(/ takes /g)).toHaveLength(1);
    expect(over(value)).toContain('| Write | for |');
    expect(runs(over(value))).toEqual([]);
  });

  it.each(['"b|ad"', '"cron(0 |5 ?)"', '"rate(5| hours)"', '|""'])('%s: says what a schedule is', (value) => {
    expect(over(value)).toContain('A schedule is `cron(minutes hours day-of-month month day-of-week year)`, in UTC:');
    for (const { name, permitted } of scheduleFields) expect(over(value)).toContain(`| ${name} | ${permitted} |`);
  });

  it.each([
    ['"cron(0 5 * * MO|N *)"', '`cron(0 5 ? * MON *)`: At 05:00 UTC, every Monday.', 'Monday 2026-09-21'],
    ['"cron(0 5 ? * MO|ON *)"', '`cron(0 5 ? * MON *)`: At 05:00 UTC, every Monday.', 'Monday 2026-09-21'],
    ['"cron(0 5 ? * 0| *)"', '`cron(0 5 ? * SUN *)`: At 05:00 UTC, every Sunday.', 'Sunday 2026-09-20'],
    ['"rate(12 ho|urs)"', '`cron(0 0/12 ? * * *)`: At 00:00 and 12:00 UTC, every day.', 'Monday 2026-09-14 12:00'],
    ['"0 5 * *| *"', '`cron(0 5 ? * * *)`: At 05:00 UTC, every day.', 'Tuesday 2026-09-15 05:00'],
  ])('%s: shows the runs of the one that was probably meant', (value, meant, first) => {
    expect(over(value)).toContain(`Written as ${meant}`);
    expect(runs(over(value))).toHaveLength(5);
    expect(runs(over(value))[0]).toContain(first);
  });

  it('offers examples that AWS takes in their field', () => {
    const refused = ['99 5 ? * * *', '0 99 ? * * *', '0 5 99 * ? *', '0 5 1 99 ? *', '0 5 ? * 99 *', '0 5 1 1 ? 1'];
    for (const [index, fields] of refused.entries()) {
      const examples = [...over(`"cron(${fields})|"`).matchAll(/^\| `(.+?)` \|/gm)].map(([, example]) => example ?? '');
      expect(examples.length).toBeGreaterThan(1);
      for (const example of examples) {
        const placed = ['0 5 1 * ? *', '0 5 ? * MON *'].map((good) => `cron(${good.split(' ').with(index, example).join(' ')})`);
        expect(placed.filter((text) => parseSchedule(text).ok), placed.join(' or ')).not.toEqual([]);
      }
    }
  });
});

describe('hover on a schedule that a template fills in', () => {
  it.each(['"cron(0 ${ho|ur} ? * * *)"', '"cron(0 {{ hour| }} ? * * *)"', '"%[1]s|"', '${sched|ule}', '{{ sched|ule }}', '%|s', '"cron(99 ${hour}| ? * * *)"'])('%s: has no runs, and says why', (value) => {
    expect(over(value)).toContain('A template fills in this schedule: what it says and when it runs is known only with its values.');
    expect(over(value)).not.toMatch(/Next runs|refuses/);
  });

  it('is another thing than a dollar sign', () => {
    expect(over('"cron(0 $h|our ? * * *)"')).toContain('AWS refuses');
  });
});

describe('the local time zone', () => {
  const machine = new Intl.DateTimeFormat().resolvedOptions().timeZone;

  it.each([['Europe/Berlin', 'Europe/Berlin'], ['europe/berlin', 'Europe/Berlin'], [' Asia/Tokyo ', 'Asia/Tokyo'], ['UTC', 'UTC']])('is the one of the setting: %j', (setting, zone) => {
    expect(localTimeZone(setting)).toBe(zone);
  });

  it.each(['', ' ', 'Mars/Olympus', 'Europe/Berlin; x', '<b>', 7, null, undefined, {}])('is the machine\'s where the setting names none: %j', (setting) => {
    expect(localTimeZone(setting)).toBe(machine);
  });

  it('is written with two digits, at midnight too', () => {
    expect(clockTime(Date.UTC(2026, 0, 4), 'UTC')).toBe('Sunday 2026-01-04 00:00');
    expect(offsetFromUtc(Date.UTC(2026, 0, 4), 'Asia/Kathmandu')).toBe('UTC+5:45');
    expect([changesClock(monday, 'America/New_York'), changesClock(monday, 'UTC'), changesClock(monday, 'Australia/Sydney')]).toEqual([true, false, true]);
  });

  it.each([[{ timeZone: 'Asia/Tokyo' }, 'Asia/Tokyo'], [{ timeZone: 'Nowhere' }, machine], [{}, machine]])('comes to the server with the settings %j', async (settings, zone) => {
    const editor = await Editor.open('samples', settings);
    try {
      const file = 'backup-policies/production.json';
      const text = readFileSync(`samples/${file}`, 'utf8');
      await editor.until(() => editor.notifications.some(({ method }) => method === 'backupPolicy/changed'));
      const line = text.split('\n').findIndex((each) => each.includes('cron('));
      const told = JSON.stringify(await editor.hover(file, { line, character: text.split('\n')[line]?.indexOf('cron(') ?? 0 }));
      expect(told).toContain(`| UTC | Local time, ${JSON.stringify(escaped(zone)).slice(1, -1)} |`);
    } finally {
      await editor.close();
    }
  });

  it('is a setting of the extension', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } } };
    expect(contributes.configuration.properties['awsBackupPolicy.timeZone']).toMatchObject({ type: 'string', default: '' });
  });
});
