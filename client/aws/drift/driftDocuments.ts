import { EventEmitter, Uri, commands, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { AttachmentFinding, DriftFinding, EffectiveFinding, PolicyFinding, TargetRef } from '../../../server/protocol.ts';
import { effectiveUri } from '../../effectiveDocuments.ts';
import type { ServerAccess } from '../../serverAccess.ts';
import { RemoteAccess } from '../remoteAccess.ts';
import type { DriftComparison } from './driftComparison.ts';

const scheme = 'backup-aws';

interface Side {
  readonly finding: string;
  /** Of an attachment: whose list. */
  readonly attachments?: { readonly side: 'model' | 'aws'; readonly target: TargetRef };
}

/** What AWS has, as read-only documents, and the diff editors that show it beside what the files have. */
export class DriftDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: ServerAccess;
  readonly #remote: RemoteAccess;
  readonly #comparison: DriftComparison;
  readonly #changed = new EventEmitter<Uri>();
  readonly #disposables: readonly Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerAccess, comparison: DriftComparison) {
    this.#server = server;
    this.#remote = new RemoteAccess(server);
    this.#comparison = comparison;
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      comparison.onDidChange(() => {
        for (const { uri } of workspace.textDocuments) if (uri.scheme === scheme && comparison.finding((JSON.parse(uri.query) as Side).finding) !== undefined) this.#changed.fire(uri);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const { finding: id, attachments } = JSON.parse(uri.query) as Side;
    if (attachments !== undefined) return (await this.#remote.run('Comparing attachments', 'backupPolicy/aws/driftAttachments', { target: attachments.target }))?.[attachments.side] ?? '';
    const finding = this.#comparison.finding(id);
    if (finding?.kind === 'policy') return readable(finding.remote?.content ?? '');
    return finding?.kind === 'effective' ? readable(finding.content) : '';
  }

  /** Opens the diff editor of a finding that has one: the files on the left, AWS on the right. */
  async open(finding: DriftFinding): Promise<void> {
    if (finding.kind === 'policy') await this.#openPolicy(finding);
    else if (finding.kind === 'attachment') await this.#openAttachments(finding);
    else if (finding.kind === 'effective') await this.#openEffective(finding);
  }

  async #openPolicy({ id, uri, policy }: PolicyFinding): Promise<void> {
    if (uri !== undefined) await show(Uri.parse(uri), sideUri(`${policy}.json`, { finding: id }), `${policy}: File ↔ AWS`);
  }

  async #openAttachments({ id, target }: AttachmentFinding): Promise<void> {
    const { report } = this.#comparison;
    if (report === undefined) return;
    const ref = { organization: report.organization, key: target.key };
    const side = (which: 'model' | 'aws'): Uri => sideUri(`${target.path} ${which}.txt`, { finding: id, attachments: { side: which, target: ref } });
    await show(side('model'), side('aws'), `${target.path}: Attached in Model ↔ in AWS`);
  }

  async #openEffective({ id, account }: EffectiveFinding): Promise<void> {
    const { report } = this.#comparison;
    const entity = report === undefined ? null : await this.#server.request('backupPolicy/entity', { organization: report.organization, key: account.key });
    if (entity !== null) await show(effectiveUri(entity), sideUri(`${account.path} AWS.json`, { finding: id }), `${account.path}: Effective Policy ↔ AWS`);
  }
}

function sideUri(name: string, side: Side): Uri {
  return Uri.from({ scheme, path: `/${name.replace(/^\/+/, '')}`, query: JSON.stringify(side) });
}

async function show(left: Uri, right: Uri, title: string): Promise<void> {
  await commands.executeCommand('vscode.diff', left, right, title);
}

/** AWS's JSON is often on one line. */
function readable(content: string): string {
  if (content.trim().includes('\n')) return content;
  try {
    return `${JSON.stringify(JSON.parse(content), undefined, 2)}\n`;
  } catch {
    return content;
  }
}
