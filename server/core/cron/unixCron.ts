/**
 * The schedule for the five fields of Unix cron, in AWS's dialect: the unused day is `?`, and the year is added.
 * @returns undefined for fields of another number, when both days are set (Unix runs on either, AWS on one), and for
 * weekdays by number, which Unix counts from 0 and AWS from 1: the author has to choose.
 * Source: syntax §3.1 [doc, obs].
 */
export function scheduleOfUnixCron(text: string): string | undefined {
  const [minute, hour, day, month, weekday, ...more] = text.trim().split(/\s+/);
  if (minute === undefined || hour === undefined || day === undefined || month === undefined || weekday === undefined || more.length > 0) return undefined;
  if (weekday === '?' || (day !== '*' && weekday === '*')) return `cron(${minute} ${hour} ${day} ${month} ? *)`;
  if (weekday === '*') return `cron(${minute} ${hour} ? ${month} * *)`;
  return (day === '*' || day === '?') && !/(^|[,-])[0-9]/.test(weekday) ? `cron(${minute} ${hour} ? ${month} ${weekday} *)` : undefined;
}
