import { window } from 'vscode';
import type { ConnectionView } from '../../server/protocol.ts';
import { connectionDetail } from './connectionText.ts';

/** Asks before the first change of a session whether this is the organization and the caller that the user means. */
export async function confirmConnection(view: ConnectionView): Promise<boolean> {
  const verb = `Change ${view.organizationId}`;
  const detail = `${connectionDetail(view)}\n\nThis is asked once in a session; every change is still confirmed by itself.`;
  return (await window.showWarningMessage(`Change organization ${view.organizationId} in AWS as this caller?`, { modal: true, detail }, verb)) === verb;
}
