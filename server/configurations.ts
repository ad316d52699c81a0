import { URI, Utils } from 'vscode-uri';
import type { RuleLevels } from './core/rules.ts';
import { readRuleConfiguration, ruleConfigurationName } from './model/ruleConfiguration.ts';

/** True for the URI of a configuration file. */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${ruleConfigurationName}`);
}

/** The configuration files of a workspace. What is wrong in one is left out here: its JSON schema tells of it, and the command line refuses it. */
export class Configurations {
  readonly #levels = new Map<string, RuleLevels>();

  /** @param text undefined for a file that is gone. */
  set(uri: string, text: string | undefined): void {
    if (text === undefined) this.#levels.delete(uri);
    else this.#levels.set(uri, readRuleConfiguration(text).levels);
  }

  /** The levels of the nearest configuration at or above a file; none when there is no configuration. */
  levelsFor(uri: string): RuleLevels {
    if (this.#levels.size === 0) return {};
    let folder = Utils.dirname(URI.parse(uri));
    for (;;) {
      const levels = this.#levels.get(Utils.joinPath(folder, ruleConfigurationName).toString());
      if (levels !== undefined) return levels;
      const parent = Utils.dirname(folder);
      if (parent.path === folder.path) return {};
      folder = parent;
    }
  }
}
