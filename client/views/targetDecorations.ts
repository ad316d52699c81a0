import { EventEmitter, FileDecoration, ThemeColor, Uri, window, type Disposable, type FileDecorationProvider } from 'vscode';
import type { EntityView } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { healthSentences } from '../targetHealth.ts';
import { targetScheme } from './organizationItems.ts';

/** Milliseconds: while somebody types, what is shown is asked for a few times a second. */
const refreshDelay = 150;

/** Marks accounts that are in trouble, and the roots and OUs above them, with a badge, a colour and words. */
export class TargetDecorations implements FileDecorationProvider, Disposable {
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<Uri[]>();
  /** What VS Code shows now, by URI. */
  readonly #shown = new Map<string, FileDecoration | undefined>();
  readonly #disposables: Disposable[];
  #pending: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(server: ServerAccess) {
    this.#server = server;
    this.#disposables = [
      window.registerFileDecorationProvider(this),
      server.onDidChange(() => {
        this.#updateSoon();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#pending);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
    const decoration = await this.#decorationOf(uri);
    if (uri.scheme === targetScheme) this.#shown.set(uri.toString(), decoration);
    return decoration;
  }

  #updateSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      void this.#update();
    }, refreshDelay);
  }

  /** Names only what looks different now: VS Code takes the colours off what is named until it has asked again. */
  async #update(): Promise<void> {
    const uris = [...this.#shown].map(([text, shown]) => ({ uri: Uri.parse(text), shown }));
    const compared = await Promise.all(uris.map(async ({ uri, shown }) => ({ uri, same: (await this.#decorationOf(uri))?.tooltip === shown?.tooltip })));
    const different = compared.filter(({ same }) => !same).map(({ uri }) => uri);
    if (different.length > 0) this.#changed.fire(different);
  }

  async #decorationOf(uri: Uri): Promise<FileDecoration | undefined> {
    if (uri.scheme !== targetScheme || this.#server.state !== 'running') return undefined;
    const entity = await this.#server.request('backupPolicy/entity', { organization: uri.query, key: uri.path.slice(1) });
    return entity === null ? undefined : decorationOf(entity);
  }
}

/** Badges have two letters at most; what they mean is in words beside them. */
function decorationOf(entity: EntityView): FileDecoration | undefined {
  const words = healthSentences(entity).join(' ');
  if (words === '') return undefined;
  const [error, warning] = [new ThemeColor('list.errorForeground'), new ThemeColor('list.warningForeground')];
  if (entity.health === 'unprotected') return new FileDecoration('∅', words, warning);
  if (entity.kind === 'account' && entity.errors.length === 0 && entity.failingGuardrails.length > 0) return new FileDecoration('G', words, warning);
  if (entity.health === 'warned') return new FileDecoration('W', words, warning);
  if (entity.errors.length > 0) return new FileDecoration('!', words, error);
  if (entity.invalidAccounts > 0) return new FileDecoration(entity.invalidAccounts > 99 ? '9+' : String(entity.invalidAccounts), words, error);
  return new FileDecoration(undefined, words);
}
