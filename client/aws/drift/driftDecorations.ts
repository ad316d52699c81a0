import { EventEmitter, FileDecoration, ThemeColor, Uri, window, type Disposable, type FileDecorationProvider } from 'vscode';
import type { DriftFinding, DriftReport, TargetRef } from '../../../server/protocol.ts';
import { attachedPolicyScheme, attachedPolicyUri, targetScheme, targetUri } from '../../views/organizationItems.ts';
import type { DriftComparison } from './driftComparison.ts';

/** Marks the rows of the organization view that differ from AWS, with a sign and in words. */
export class DriftDecorations implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<Uri[]>();
  readonly #disposables: readonly Disposable[];
  /** What VS Code shows now, by row. */
  readonly #shown = new Map<string, FileDecoration | undefined>();
  #messages: ReadonlyMap<string, readonly string[]> = new Map();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(comparison: DriftComparison) {
    this.#disposables = [
      window.registerFileDecorationProvider(this),
      comparison.onDidChange(() => {
        this.#messages = comparison.report === undefined ? new Map() : messagesByRow(comparison.report);
        const rows = [...this.#shown].map(([text, shown]) => ({ uri: Uri.parse(text, true), shown }));
        this.#changed.fire(rows.filter(({ uri, shown }) => this.#decorationOf(uri)?.tooltip !== shown?.tooltip).map(({ uri }) => uri));
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== targetScheme && uri.scheme !== attachedPolicyScheme) return undefined;
    const decoration = this.#decorationOf(uri);
    this.#shown.set(uri.toString(), decoration);
    return decoration;
  }

  /** How the row of a target is marked. */
  markOf(target: TargetRef): FileDecoration | undefined {
    return this.#decorationOf(targetUri(target));
  }

  #decorationOf(uri: Uri): FileDecoration | undefined {
    // A policy that differs does so wherever it is attached.
    const everywhere = uri.scheme === attachedPolicyScheme ? this.#messages.get(uri.with({ fragment: '' }).toString()) : undefined;
    const messages = [...(everywhere ?? []), ...(this.#messages.get(uri.toString()) ?? [])];
    return messages.length === 0 ? undefined : new FileDecoration('≠', `Differs from AWS. ${messages.join(' ')}`, new ThemeColor('gitDecoration.modifiedResourceForeground'));
  }
}

function messagesByRow({ organization, findings }: DriftReport): ReadonlyMap<string, readonly string[]> {
  const byRow = new Map<string, string[]>();
  for (const finding of findings) {
    for (const uri of rowsOf(organization, finding)) byRow.set(uri.toString(), [...(byRow.get(uri.toString()) ?? []), finding.message]);
  }
  return byRow;
}

function rowsOf(organization: string, finding: DriftFinding): readonly Uri[] {
  switch (finding.kind) {
    case 'policy':
      return finding.type === 'onlyInAws' ? [] : [attachedPolicyUri({ organization, key: '' }, finding.policy)];
    case 'organization':
      return [finding.key ?? finding.parentKey].flatMap((key) => (key === undefined ? [] : [targetUri({ organization, key })]));
    case 'attachment':
      return [targetUri({ organization, key: finding.target.key }), attachedPolicyUri({ organization, key: finding.target.key }, finding.policy)];
    case 'effective':
      return [targetUri({ organization, key: finding.account.key })];
  }
}
