import { UIKind, env } from 'vscode';
import type { RemoteFailureView } from '../../server/protocol.ts';

/** Why AWS is not reached from a browser without a remote machine; undefined elsewhere. */
export function whyNotInBrowser(): RemoteFailureView | undefined {
  if (env.uiKind !== UIKind.Web || env.remoteName !== undefined) return undefined;
  return { message: 'A browser cannot read AWS credentials, so nothing is sent to AWS from here.', nextStep: 'Open the folder in VS Code on the desktop or on a remote machine.', actions: [] };
}
