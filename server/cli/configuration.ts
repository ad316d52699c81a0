import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from '../core/document/parse.ts';
import type { RuleLevels } from '../core/rules.ts';
import { positionAt } from '../features/ranges.ts';
import { readRuleConfiguration, ruleConfigurationName } from '../model/ruleConfiguration.ts';
import { readText } from './input.ts';
import { InputError } from './inputError.ts';

/** Which configuration counts: the nearest one at or above each file, one for all, or none. */
export type ConfigurationChoice = { readonly type: 'nearest' } | { readonly type: 'file'; readonly file: string } | { readonly type: 'none' };

/**
 * Gives the levels that count for a file, by its path. A configuration is read once.
 * The function throws InputError when a configuration cannot be read or followed.
 */
export function configuredLevels(choice: ConfigurationChoice): (file: string) => RuleLevels {
  if (choice.type === 'none') return () => ({});
  if (choice.type === 'file') {
    const levels = readLevels(choice.file);
    return () => levels;
  }
  const byFolder = new Map<string, RuleLevels>();
  const levelsAt = (folder: string): RuleLevels => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const file = path.join(folder, ruleConfigurationName);
    const above = path.dirname(folder);
    const levels = existsSync(file) ? readLevels(file) : above === folder ? {} : levelsAt(above);
    byFolder.set(folder, levels);
    return levels;
  };
  return (file) => levelsAt(path.dirname(path.resolve(file)));
}

function readLevels(file: string): RuleLevels {
  const text = readText(file);
  const { levels, problems } = readRuleConfiguration(text);
  const [first, ...more] = problems;
  if (first === undefined) return levels;
  const { line } = positionAt(parseDocument(text), first.span.start);
  const others = more.length === 0 ? '' : ` (${String(more.length)} more)`;
  throw new InputError(`${path.relative('', path.resolve(file))}:${String(line + 1)}: ${first.message}${others}`);
}
