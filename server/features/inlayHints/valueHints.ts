import type { InlayHint } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import { findEntity, type Organization } from '../../model/organization.ts';
import { code, escaped } from '../markdown.ts';
import { plainMeaning } from '../plainMeaning.ts';
import { hintAt } from './hintPlace.ts';
import type { InlayHintSettings } from './inlayHintSettings.ts';
import type { StatedOperation } from './statedOperations.ts';

const accountId = /(?<!\d)\d{12}(?!\d)/g;

/** What values mean by themselves: a schedule or a number in words, an account's name. */
export function valueHints(document: Document, organization: Organization | undefined, settings: InlayHintSettings, { leaf, operation }: StatedOperation): readonly InlayHint[] {
  const type = leaf.grammar.value;
  const inWords = type === 'scheduleExpression' ? settings.schedules : settings.durations;
  return operation.values.flatMap(({ text, span, unknown }) => {
    if (unknown) return [];
    const meaning = inWords ? plainMeaning(type, text) : undefined;
    const names = settings.accountNames && organization !== undefined ? accountsIn(organization, text) : [];
    return [
      ...(meaning === undefined ? [] : [hintAt(document, span.end, meaning)]),
      ...(names.length === 0 ? [] : [hintAt(document, span.end, names.map(({ name }) => name).join(', '), names.map(({ id, path }) => `${code(id)} is ${escaped(path)}`).join('\n\n'))]),
    ];
  });
}

function accountsIn(organization: Organization, text: string): readonly { readonly id: string; readonly name: string; readonly path: string }[] {
  return [...new Set(text.match(accountId))].flatMap((id) => {
    const account = findEntity(organization, id);
    return account?.kind === 'account' ? [{ id, name: account.name, path: account.path }] : [];
  });
}
