import { RelativePattern, TestRunProfileKind, tests, workspace, type CancellationToken, type Disposable, type TestController, type TestItem, type TestRunRequest } from 'vscode';
import type { GuardrailFileView } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { GuardrailReport, type TestedGuardrail } from './guardrailReport.ts';
import { fileItem, testId } from './guardrailTestItems.ts';

/** Milliseconds. */
const refreshDelay = 300;

const guardrailsGlob = '**/{backup-guardrails,*.backup-guardrails}.json';

/**
 * Guardrails in the Testing view. It is there when the workspace has a guardrails file, for without one the view would
 * only stand empty; the server starts when the view asks for its tests, or a run does.
 */
export class GuardrailTests implements Disposable {
  readonly #server: ServerAccess;
  readonly #disposables: Disposable[];
  #controller: TestController | undefined;
  #isListed = false;
  #pending: ReturnType<typeof setTimeout> | undefined;
  /** Runs that go on until the user ends them. */
  readonly #continuous = new Set<TestRunRequest>();
  #tested: readonly TestedGuardrail[] = [];

  constructor(server: ServerAccess) {
    this.#server = server;
    this.#disposables = [
      workspace.onDidOpenTextDocument(({ languageId }) => {
        if (languageId === languages.guardrails) this.#offer();
      }),
      workspace.onDidChangeWorkspaceFolders(() => void this.#search()),
      server.onDidChange(({ guardrails }) => {
        if (guardrails.length > 0) this.#offer();
        if (this.#isListed) this.#refreshSoon();
      }),
    ];
    if (workspace.textDocuments.some(({ languageId }) => languageId === languages.guardrails)) this.#offer();
    void this.#search();
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#controller?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** What the last run said, in the order of the files. */
  get tested(): readonly TestedGuardrail[] {
    return this.#tested;
  }

  async #search(): Promise<void> {
    for (const folder of workspace.workspaceFolders ?? []) {
      if (this.#controller !== undefined) return;
      const [found] = await workspace.findFiles(new RelativePattern(folder, guardrailsGlob), '**/node_modules/**', 1);
      if (found !== undefined) this.#offer();
    }
  }

  #offer(): void {
    if (this.#controller !== undefined) return;
    const controller = tests.createTestController('awsBackupPolicy.guardrails', 'Backup Guardrails');
    this.#controller = controller;
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.#list(controller);
    };
    controller.refreshHandler = async () => {
      await this.#list(controller);
    };
    controller.createRunProfile('Check Guardrails', TestRunProfileKind.Run, (request, token) => this.#run(controller, request, token), true, undefined, true);
  }

  #refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      const controller = this.#controller;
      if (controller === undefined) return;
      if (this.#continuous.size === 0) void this.#list(controller);
      for (const request of this.#continuous) void this.#runOnce(controller, request);
    }, refreshDelay);
  }

  /** Lists the guardrails as they are now; results of the last run are marked as old. */
  async #list(controller: TestController): Promise<readonly GuardrailFileView[]> {
    if (this.#server.state === 'failed') return [];
    this.#isListed = true;
    const files = await this.#server.request('backupPolicy/guardrails', null).catch(() => undefined);
    if (files === undefined) return [];
    controller.items.replace(files.map((file) => fileItem(controller, file)));
    controller.invalidateTestResults();
    return files;
  }

  /** Runs once, or also after every change until the user ends it. */
  async #run(controller: TestController, request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (request.continuous === true) {
      this.#continuous.add(request);
      token.onCancellationRequested(() => this.#continuous.delete(request));
    }
    await this.#runOnce(controller, request);
  }

  async #runOnce(controller: TestController, request: TestRunRequest): Promise<void> {
    const files = await this.#list(controller);
    const run = controller.createTestRun(request);
    const [included, excluded] = [idsOf(request.include), idsOf(request.exclude)];
    const isAsked = (item: TestItem): boolean => !isWithin(item, excluded) && (included.size === 0 || isWithin(item, included));
    const report = new GuardrailReport(run, isAsked);
    for (const file of files) {
      const item = controller.items.get(testId(file.uri));
      if (item !== undefined) report.tellFile(item, file);
    }
    this.#tested = report.tested;
    run.end();
  }
}

function idsOf(items: readonly TestItem[] | undefined): ReadonlySet<string> {
  return new Set(items?.map(({ id }) => id));
}

function isWithin(item: TestItem, ids: ReadonlySet<string>): boolean {
  return ids.has(item.id) || (item.parent !== undefined && isWithin(item.parent, ids));
}
