/**
 * The time zone to show local times in: the one of a setting, else the machine's.
 * @param setting an IANA name such as "Europe/Berlin"; anything else counts as not set.
 */
export function localTimeZone(setting: unknown): string {
  const machine = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (typeof setting !== 'string' || setting.trim() === '') return machine;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: setting.trim() }).resolvedOptions().timeZone;
  } catch {
    return machine;
  }
}

/**
 * A moment on the clock of a zone, with its weekday: "Sunday 2026-10-25 07:00".
 * @param time epoch milliseconds UTC.
 * @param timeZone an IANA name that the platform knows.
 */
export function clockTime(time: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', weekday: 'long', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** The distance of a zone from UTC at a moment: "UTC+2", "UTC" for none. */
export function offsetFromUtc(time: number, timeZone: string): string {
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return offset.replace('GMT', 'UTC').replace(/\+0$/, '');
}

/** True when the clock of a zone is changed between a moment and a year later. */
export function changesClock(time: number, timeZone: string): boolean {
  const month = 30 * 24 * 3_600_000;
  const offsets = Array.from({ length: 13 }, (_, index) => offsetFromUtc(time + index * month, timeZone));
  return new Set(offsets).size > 1;
}
