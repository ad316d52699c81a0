import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Answers } from './answers.ts';
import { filteredOrganizations } from './features/organizationFilter.ts';
import { childViews, documentTargetView, entityViewOf, entityViewSteps, organizationViews } from './features/organizationViews.ts';
import type { Requests } from './protocol.ts';
import type { ServerState } from './serverState.ts';
import { laterMethods, type LaterMethod, type ViewAnswer } from './viewMethods.ts';

/** What the tree and the status bar ask as soon as they are seen. */
const answersAtOnce: { readonly [Method in Exclude<keyof Requests, LaterMethod | 'backupPolicy/reach'>]: ViewAnswer<Method> } = {
  'backupPolicy/organizations': organizationViews,
  'backupPolicy/files': ({ policies, organizations }) => ({ policies: [...policies.keys()], organizations: [...organizations.keys()] }),
  'backupPolicy/children': childViews,
  'backupPolicy/filter': filteredOrganizations,
  'backupPolicy/entities': entityViewSteps,
  'backupPolicy/entity': (snapshot, target) => entityViewOf(snapshot, target) ?? null,
  'backupPolicy/documentTarget': (snapshot, { uri }, { chosen }) => documentTargetView(snapshot, uri, chosen),
};

/** Answers the requests of views and commands, when the effective policies of the newest snapshot are worked out. */
export function registerViewRequests(connection: Connection, state: ServerState, answers: Answers): void {
  for (const [method, answer] of Object.entries(answersAtOnce)) {
    connection.onRequest(method, (params: never, token: CancellationToken): Promise<unknown> => answers.of<unknown>(token, undefined, (snapshot) => answer(snapshot, params, state)));
  }
  for (const method of laterMethods) {
    connection.onRequest(method, async (params: never, token: CancellationToken): Promise<unknown> => {
      const { viewAnswers } = await import('./viewAnswers.ts');
      return answers.of<unknown>(token, undefined, (snapshot) => viewAnswers[method](snapshot, params, state));
    });
  }
  connection.onRequest('backupPolicy/reach', async (params: Requests['backupPolicy/reach']['params'], token: CancellationToken): Promise<unknown> => {
    const [{ inventoryText, reachAnswer }] = await Promise.all([import('./viewAnswers.ts'), state.opened]);
    const text = await inventoryText(state, params.inventory);
    return answers.of<unknown>(token, undefined, (snapshot) => reachAnswer(snapshot, params, text));
  });
}
