import { EventEmitter, FileDecoration, ThemeColor, window, type Disposable, type FileDecorationProvider, type Uri } from 'vscode';
import type { ServerAccess } from '../serverAccess.ts';
import { targetScheme } from './organizationItems.ts';

/** Marks targets whose effective policy is invalid with a badge, a colour and words. */
export class TargetDecorations implements FileDecorationProvider, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<undefined>();
  readonly #disposables: Disposable[];
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(server: ServerAccess) {
    this.#server = server;
    this.#disposables = [window.registerFileDecorationProvider(this), server.onDidChange(() => {
      this.#changed.fire(undefined);
    })];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    if (uri.scheme !== targetScheme || this.#server.state !== 'running') return undefined;
    const entity = await this.#server.request('backupPolicy/entity', { organization: uri.query, key: uri.path.slice(1) });
    if (entity === null) return undefined;
    if (entity.errors.length > 0) return new FileDecoration('!', 'Invalid effective policy: AWS withholds it', new ThemeColor('list.errorForeground'));
    if (entity.invalidAccounts > 0) return new FileDecoration(undefined, `${String(entity.invalidAccounts)} ${entity.invalidAccounts === 1 ? 'account below has' : 'accounts below have'} an invalid effective policy`, new ThemeColor('list.warningForeground'));
    return undefined;
  }
}
