import { CodeLensRefreshRequest, InlayHintRefreshRequest, SemanticTokensRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';

/** Asks the editor to ask again for what it draws into documents, as far as it can. */
export class EditorRefresh {
  readonly #connection: Connection;
  #lenses = false;
  #hints = false;
  #tokens = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Takes in what the editor can do. */
  initialize({ capabilities: { workspace } }: InitializeParams): void {
    this.#lenses = workspace?.codeLens?.refreshSupport === true;
    this.#hints = workspace?.inlayHint?.refreshSupport === true;
    this.#tokens = workspace?.semanticTokens?.refreshSupport === true;
  }

  /** @param own true when nothing changed but the text of the only open document: of that one the editor asks by itself for hints and tokens. */
  refresh(own: boolean): void {
    if (this.#lenses) this.#ask(CodeLensRefreshRequest.method);
    if (own) return;
    if (this.#hints) this.#ask(InlayHintRefreshRequest.method);
    if (this.#tokens) this.#ask(SemanticTokensRefreshRequest.method);
  }

  #ask(method: string): void {
    void this.#connection.sendRequest(method).catch(() => undefined);
  }
}
