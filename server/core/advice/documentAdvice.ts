import { countCharacters, maximumCharacters } from '../admission/size.ts';
import type { Document, Member } from '../document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarContainer } from '../grammar.ts';
import type { StatedContainer } from '../merge/statements.ts';
import { messageText } from '../messageText.ts';
import type { Problem } from '../problem.ts';
import { controlAdvice } from './controlAdvice.ts';
import type { Tell } from './finding.ts';
import { valueAdvice } from './valueAdvice.ts';

/** From this share of the longest document on, the author is told. */
const nearlyFull = 0.9;

/**
 * What AWS takes without a word in one document and what does nothing or fails later, as far as it can be seen
 * without the other policies. Source: common-mistakes A26, C4, C10, D1, D2, D8, D12 and D14.
 */
export function documentAdvice(document: Document, statements: StatedContainer | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const tell: Tell = (rule, { start, end }, path, message, unnecessary = false) => {
    problems.push({ rule, message: messageText(message), span: { start, end }, path, ...(unnecessary ? { unnecessary } : {}) });
  };
  sizeAdvice(document, tell);
  if (statements === undefined) return problems;
  if (document.root?.type === 'object') emptyObjects(document.root.members, policyGrammar, [], tell);
  controlAdvice(statements, [], tell);
  valueAdvice(statements, [], tell);
  return problems;
}

/** Source: common-mistakes A26. */
function sizeAdvice(document: Document, tell: Tell): void {
  if (document.text.length < maximumCharacters * nearlyFull) return;
  const characters = countCharacters(document.text.replace(/^\uFEFF/, ''));
  if (characters < maximumCharacters * nearlyFull || characters > maximumCharacters) return;
  const start = document.root?.start ?? 0;
  tell('document-nearly-full', { start, end: start + 1 }, [], `The document has ${String(characters)} of the ${String(maximumCharacters)} characters that AWS takes, white space included. Send it without white space between the elements, or move plans into a policy of their own.`);
}

/** Nothing can be deleted lower down: an empty object adds nothing and takes nothing away. Source: common-mistakes C10 [obs]. */
function emptyObjects(members: readonly Member[], grammar: GrammarContainer, path: readonly string[], tell: Tell): void {
  for (const member of members) {
    const child = childGrammar(grammar, member.key.text);
    if (child === undefined || member.key.template || member.value.type !== 'object') continue;
    const here = [...path, member.key.text];
    if (member.value.members.length > 0) {
      if (child.kind === 'container') emptyObjects(member.value.members, child, here, tell);
    } else if (member.value.closed && here.length > 1 && !isDemanding(child.kind === 'container' ? child.required : [], here)) {
      tell('empty-object', member, here, `The empty object of "${member.key.text}" says nothing: AWS accepts it, and what higher policies set stays as it is. Nothing that is inherited can be deleted; remove the key, or give it settings.`, true);
    }
  }
}

/** Where AWS demands settings in the same document, their absence is the problem. */
function isDemanding(required: readonly string[], path: readonly string[]): boolean {
  return required.length > 0 || (foldKey(path.at(-2) ?? '') === 'resources' && foldKey(path.at(-3) ?? '') === 'selections');
}
