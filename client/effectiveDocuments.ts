import { EventEmitter, Uri, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { EntityView, TargetRef } from '../server/protocol.ts';
import type { ServerAccess } from './serverAccess.ts';

const scheme = 'backup-effective';

/** The read-only document with the effective policy of a target. */
export function effectiveUri(entity: EntityView): Uri {
  return Uri.from({ scheme, path: `/${entity.path}.json`, query: JSON.stringify(entity.target) });
}

/** Effective policies as JSON documents that follow every edit. */
export class EffectiveDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<Uri>();
  readonly #disposables: Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerAccess) {
    this.#server = server;
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      server.onDidChange(() => {
        for (const document of workspace.textDocuments) if (document.uri.scheme === scheme) this.#changed.fire(document.uri);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const text = await this.#server.request('backupPolicy/effectiveText', JSON.parse(uri.query) as TargetRef);
    return text ?? '{}\n';
  }
}
