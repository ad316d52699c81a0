import { EventEmitter, FileDecoration, ThemeColor, Uri, window, type Disposable, type FileDecorationProvider } from 'vscode';
import type { DriftFinding, DriftReport } from '../../../server/protocol.ts';
import { attachedPolicyScheme, attachedPolicyUri, targetScheme, targetUri } from '../../views/organizationItems.ts';
import type { DriftComparison } from './driftComparison.ts';

/** Marks the rows of the organization view that differ from AWS, with a sign and in words. */
export class DriftDecorations implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<Uri[]>();
  readonly #disposables: readonly Disposable[];
  #messages: ReadonlyMap<string, readonly string[]> = new Map();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(comparison: DriftComparison) {
    this.#disposables = [
      window.registerFileDecorationProvider(this),
      comparison.onDidChange(() => {
        const before = this.#messages;
        this.#messages = comparison.report === undefined ? new Map() : messagesByRow(comparison.report);
        const touched = [...new Set([...before.keys(), ...this.#messages.keys()])];
        this.#changed.fire(touched.filter((uri) => before.get(uri)?.join('\n') !== this.#messages.get(uri)?.join('\n')).map((uri) => Uri.parse(uri, true)));
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== targetScheme && uri.scheme !== attachedPolicyScheme) return undefined;
    // A policy that differs does so wherever it is attached.
    const messages = [...(this.#messages.get(uri.toString()) ?? []), ...(uri.scheme === attachedPolicyScheme ? (this.#messages.get(uri.with({ fragment: '' }).toString()) ?? []) : [])];
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
      return finding.type === 'onlyInAws' ? [] : [attachedPolicyUri({ organization, key: '' }, finding.policy).with({ fragment: '' })];
    case 'organization':
      return [finding.key ?? finding.parentKey].flatMap((key) => (key === undefined ? [] : [targetUri({ organization, key })]));
    case 'attachment':
      return [targetUri({ organization, key: finding.target.key }), attachedPolicyUri({ organization, key: finding.target.key }, finding.policy)];
    case 'effective':
      return [targetUri({ organization, key: finding.account.key })];
  }
}
