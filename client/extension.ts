import type { ExtensionContext } from 'vscode';
import { activateWith, type ExtensionApi } from './activation.ts';

/** The extension on Node. The language client is loaded with the first session, not at activation. */
export function activate(context: ExtensionContext): ExtensionApi {
  return activateWith(context, async (...sessionArguments) => (await import('./session.ts')).startSession(...sessionArguments));
}
