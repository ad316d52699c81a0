import { parse } from 'jsonc-parser';
import { URI, Utils } from 'vscode-uri';
import type { RuleLevels } from './core/rules.ts';
import { readRuleLevels } from './features/diagnostics.ts';

/** The file that sets levels of rules for the policies beside and below it, for editor and command line alike. */
export const configurationName = 'backup-policy.config.json';

/** True for the URI of such a file. */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${configurationName}`);
}

/** The configuration files of a workspace. What is wrong in one is ignored here: its JSON schema tells of it, and the command line refuses it. */
export class Configurations {
  readonly #levels = new Map<string, RuleLevels>();

  /** @param text undefined for a file that is gone. */
  set(uri: string, text: string | undefined): void {
    if (text === undefined) {
      this.#levels.delete(uri);
      return;
    }
    const value: unknown = parse(text);
    const rules: unknown = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
    this.#levels.set(uri, typeof rules === 'object' && rules !== null ? readRuleLevels({ ...rules }) : {});
  }

  /** The levels of the nearest configuration at or above a file; none when there is no configuration. */
  levelsFor(uri: string): RuleLevels {
    if (this.#levels.size === 0) return {};
    let folder = Utils.dirname(URI.parse(uri));
    for (;;) {
      const levels = this.#levels.get(Utils.joinPath(folder, configurationName).toString());
      if (levels !== undefined) return levels;
      const parent = Utils.dirname(folder);
      if (parent.path === folder.path) return {};
      folder = parent;
    }
  }
}
