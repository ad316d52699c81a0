import type { ExplainedReason, ExplainedSetting, ExplainedStatement, Explanation } from './explanation.ts';
import { placeText } from './place.ts';

const placeWords: Partial<Readonly<Record<ExplainedReason['type'], string>>> = { unreadable: 'attached at', withheld: 'see' };

/**
 * An explanation for people: the value, then level by level what each policy says, with the place of every statement.
 * @param sentence what is said of a path without a value.
 */
export function explainText(explanation: Explanation, sentence: string): string {
  const { reasons, consequence, settings, trace, controls } = explanation;
  const lines = [titleOf(explanation, sentence)];
  for (const reason of reasons) {
    lines.push(`  ${reason.sentence}`);
    if (reason.statement !== undefined) lines.push(`    ${placeWords[reason.type] ?? 'stated at'} ${placeText(reason.statement)}`);
    if (reason.cause !== undefined) lines.push(`    because of ${placeText(reason.cause)}`);
  }
  if (consequence !== undefined) lines.push(`  Without it: ${consequence}`);
  if (trace.length + controls.length > 0) lines.push('', ...levelLines(explanation));
  if (settings !== undefined && settings.length > 0) lines.push('', 'Settings', ...settings.map(settingLine));
  return `${lines.join('\n')}\n`;
}

function titleOf({ path, target, state, value, settings }: Explanation, sentence: string): string {
  if (state === 'notSet') return sentence;
  return settings === undefined ? `${path} of ${target}: ${JSON.stringify(value)}` : `${path} is part of the effective policy of ${target}.`;
}

function levelLines({ levels, trace, controls }: Explanation): readonly string[] {
  return levels.flatMap(({ level, policies }) => {
    const own = [
      ...trace.filter((each) => each.level === level).flatMap(statementLines),
      ...controls.filter((each) => each.level === level).flatMap((control) => [`  locks here: ${control.sentence}`, `    at ${placeText(control)}`]),
    ];
    const title = policies.length === 0 ? `${level} (no policy)` : `${level} (${policies.join(', ')})`;
    return own.length === 0 ? [`${title}: says nothing`] : [title, ...own];
  });
}

function statementLines(statement: ExplainedStatement): readonly string[] {
  const { policy, operator, values, wins, reason, by } = statement;
  const said = operator === '' ? `${policy} names it${wins ? '' : `: ${reason}`}` : `${policy} ${operator} ${JSON.stringify(values)}: ${reason}`;
  const place = `    at ${placeText(statement)}`;
  return [`  ${wins ? '*' : '-'} ${said}`, by === undefined ? place : `${place}, because of ${placeText(by)}`];
}

function settingLine({ path, value, setBy, lost }: ExplainedSetting): string {
  const from = setBy.map((source) => `${source.policy} at ${source.level}`).join(', ');
  const others = lost === 0 ? '' : ` (${String(lost)} without effect, overridden or blocked)`;
  return `  ${path}: ${value === null ? 'not set' : JSON.stringify(value)}${from === '' ? '' : `, set by ${from}`}${others}`;
}
