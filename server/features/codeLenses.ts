import type { CodeLens, Command, Range } from 'vscode-languageserver-types';
import { usesOf } from '../model/attachments.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { lensCommands, type TargetRef } from '../protocol.ts';
import { documentTarget } from './documentTarget.ts';
import { inheritanceLenses } from './inheritanceLenses.ts';
import { membersOf } from './membersOf.ts';
import { rangeOf } from './ranges.ts';

/** `textDocument/codeLens` of a policy: the target, the places of attachment and Attach above the document, the target and what other policies say above each plan and rule. */
export function codeLenses(snapshot: Snapshot, uri: string, chosen: TargetRef | undefined): CodeLens[] {
  const document = snapshot.policies.get(uri)?.document;
  if (document?.root?.type !== 'object') return [];
  const top = rangeOf(document, { start: document.root.start, end: document.root.start + 1 });
  const lens = (range: Range, command: Command): CodeLens => ({ range, command });
  const target = documentTarget(snapshot, uri, chosen);
  if (target === undefined) return [lens(top, { title: 'Attach…', command: lensCommands.attachPolicy, arguments: [uri] })];
  const effective: Command = {
    title: `Effective policy for ${target.entity.path}`,
    command: lensCommands.showEffectivePolicy,
    arguments: [{ organization: target.organization.uri, key: target.entity.key }],
  };
  const places = [...new Set(usesOf(snapshot.organizations, uri).flatMap((use) => use.entities.map((entity) => entity.path)))];
  const attached = places.length === 0 ? 'Attached nowhere' : places.length === 1 ? `Attached to ${places[0] ?? ''}` : `Attached to ${String(places.length)} targets`;
  return [
    lens(top, effective),
    lens(top, { title: attached, command: lensCommands.showAttachments, arguments: [uri] }),
    lens(top, { title: 'Attach…', command: lensCommands.attachPolicy, arguments: [uri] }),
    ...membersOf(document.root, 'plans').map((plan) => lens(rangeOf(document, plan.key), effective)),
    ...inheritanceLenses(snapshot, document, uri, target),
  ];
}
