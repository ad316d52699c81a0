import type { CascadeParams } from '../../client/webview/cascade/cascadeShape.ts';
import { cascadeView } from '../../server/features/cascade/cascadeView.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { whyNotSetView } from '../../server/features/whyNotSet/whyNotSet.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import type { CascadeView, TargetRef } from '../../server/protocol.ts';
import type { PanelPageOptions } from './panelPage.ts';
import type { PanelSession } from './panelSession.ts';

function cascadeOf(snapshot: Snapshot, target: TargetRef): CascadeView {
  const view = cascadeView(snapshot, target);
  if (view === undefined) throw new Error(`There is no target ${target.key}.`);
  return view;
}

/** Opens the panel at its tab "Cascade" with what the server says of a target; `why` is the path that was asked about. */
export async function openCascade(session: PanelSession, snapshot: Snapshot, target: TargetRef, options: PanelPageOptions = {}, why?: readonly string[]): Promise<void> {
  const view = effectivePolicyView(snapshot, target);
  if (view === undefined) throw new Error(`There is no target ${target.key}.`);
  await session.openPolicy(view, options);
  await session.panel.send({ type: 'open', page: 'cascade', ...(why === undefined ? {} : { memory: { why } }) });
  await answerCascade(session, snapshot, target, { why: why ?? null });
}

/** Answers the tab as the extension host does. */
export async function answerCascade(session: PanelSession, snapshot: Snapshot, target: TargetRef, params: CascadeParams): Promise<void> {
  const answer = params.why === null ? null : (whyNotSetView(snapshot, target, params.why) ?? null);
  await session.panel.send({ type: 'page', page: 'cascade', params, result: { view: cascadeOf(snapshot, target), answer } });
}
