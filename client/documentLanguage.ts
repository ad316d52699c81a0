import { languages } from './languages.ts';
import { isOtherJson, isPolicyText } from './policyContent.ts';

/** A document as far as its language is concerned. */
export interface LanguageFacts {
  readonly languageId: string;
  /** Its path, with forward slashes. */
  readonly path: string;
  readonly isUntitled: boolean;
  /** The user gave it the language of policies, or took it away, by hand. */
  readonly byUser: 'policy' | 'other' | undefined;
  /** A model names the file, or a glob of the user's settings matches it. */
  readonly isNamed: boolean;
}

/** Names that nobody gives to anything else. */
const ownName = /\.(?:backup-policy|backuppolicy)\.json(?:\.\w+)?$/;

/** Templates that make JSON: VS Code takes them for plain text. */
const templateName = /\.json\.(?:tpl|tftpl|tmpl|j2)$/;

/**
 * The language that a document should have instead of its own; undefined when it is right. What the user chose by
 * hand stays; after that a name in a model or in the settings counts, then the content, then the name of the file.
 */
export function betterLanguage(facts: LanguageFacts, text: () => string): string | undefined {
  const { languageId, byUser, isNamed } = facts;
  if (byUser === 'other' || languageId === languages.organization || languageId === languages.guardrails) return undefined;
  if (languageId === languages.policy) {
    const isSettled = byUser === 'policy' || isNamed || facts.isUntitled || ownName.test(facts.path);
    return !isSettled && isOtherJson(text()) ? 'json' : undefined;
  }
  if (byUser === 'policy' || isNamed) return languages.policy;
  const isJson = languageId === 'json' || languageId === 'jsonc' || templateName.test(facts.path);
  return isJson && isPolicyText(text()) ? languages.policy : undefined;
}
