import { commands, window, type ExtensionContext } from 'vscode';
import type { DriftReport, JobsView, RemoteMode, SetUpRowView, TargetRef } from '../server/protocol.ts';
import { AwsConnection } from './aws/awsConnection.ts';
import { awsSettings } from './aws/awsSettings.ts';
import { DriftComparison } from './aws/drift/driftComparison.ts';
import { DriftDecorations } from './aws/drift/driftDecorations.ts';
import { DriftTree } from './aws/drift/driftTree.ts';
import { noticeOpenOperations } from './aws/openOperations.ts';
import { ConnectionStatus } from './aws/connectionStatus.ts';
import { SetUpTree } from './aws/setUpTree.ts';
import { commandNames } from './commandNames.ts';
import type { Commands } from './commands.ts';
import { PolicyDocuments } from './documents.ts';
import { EffectiveDocuments } from './effectiveDocuments.ts';
import { ImpactComparison } from './impactComparison.ts';
import { registerRulePages } from './rulePages.ts';
import { ServerAccess, type ServerState, type StartSession } from './serverAccess.ts';
import { TargetStatus } from './statusBar.ts';
import { TargetChoice } from './targetChoice.ts';
import { EditorTabs } from './views/editorTabs.ts';
import { EffectivePolicyPanel } from './views/effectivePolicyPanel.ts';
import type { TestedGuardrail } from './views/guardrailReport.ts';
import { GuardrailTests } from './views/guardrailTests.ts';
import { ImpactTree } from './views/impactTree.ts';
import { JobsTree } from './views/jobsTree.ts';
import { OrganizationTree } from './views/organizationTree.ts';
import { TargetDecorations } from './views/targetDecorations.ts';
import { showServerState } from './serverContext.ts';

/** What other extensions and tests can ask. */
export interface ExtensionApi {
  /** Whether the language server was needed so far. */
  serverState(): ServerState;
  /** What was said last of a server that ended by itself; undefined when nothing was. */
  saidOfServer(): string | undefined;
  /** Whether the page of the side panel is loaded. */
  isPanelLoaded(): boolean;
  /** The target that the panel shows. */
  shownTarget(): TargetRef | undefined;
  /** What is connected in AWS: the mode that holds, and the organization once AWS was asked. */
  awsConnection(): { readonly mode: RemoteMode; readonly organizationId?: string };
  /** What the last run of guardrails in the Testing view said, in the order of the files. */
  testedGuardrails(): readonly TestedGuardrail[];
  /** What the last comparison with AWS found, followed while files are edited; undefined before the first. */
  drift(): DriftReport | undefined;
  /** The badge and the words that mark a target's row as different from AWS; undefined for none. */
  driftMark(target: TargetRef): { readonly badge?: string; readonly tooltip?: string } | undefined;
  /** What the view of jobs lists; undefined before AWS was asked. */
  listedJobs(): JobsView | undefined;
  /** The steps that the set-up view shows; none before AWS was asked. */
  setUpSteps(): readonly SetUpRowView[];
}

/** Registers everything and starts nothing: the server comes with the first document, view or command that needs it. */
export function activateWith(context: ExtensionContext, start: StartSession): ExtensionApi {
  const log = window.createOutputChannel('Backup Policies', { log: true });
  const server = new ServerAccess(context, start, log, () => awsSettings(context));
  const aws = new AwsConnection(context, server);
  const drift = new DriftComparison(server, aws);
  const setUp = new SetUpTree(server, aws, async () => (await import('./commands.ts')).setUpRows);
  const choice = new TargetChoice(context, server);
  const impact = new ImpactComparison();
  const tree = new OrganizationTree(server, async (change) => {
    await (await loadCommands()).makeChange(change);
  });
  const panel = new EffectivePolicyPanel(context, server, choice, (target) => tree.reveal(target));
  const tabs = new EditorTabs(context, server, choice, (target) => tree.reveal(target));
  const jobs = new JobsTree(aws);
  const guardrails = new GuardrailTests(server);
  const documents = new PolicyDocuments(context, server);
  let loaded: Promise<Commands> | undefined;
  const loadCommands = async (): Promise<Commands> => {
    loaded ??= import('./commands.ts').then(({ createCommands }) => createCommands({ context, server, aws, choice, impact, documents, tree, setUp, panel, tabs, jobs, drift }));
    return loaded;
  };
  for (const name of commandNames) {
    context.subscriptions.push(commands.registerCommand(`awsBackupPolicy.${name}`, async (...from: readonly unknown[]) => (await loadCommands()).run(name, from)));
  }
  const driftDecorations = new DriftDecorations(drift);
  context.subscriptions.push(drift, driftDecorations, new DriftTree(drift, () => Date.now(), async () => (await import('./commands.ts')).driftRows));
  context.subscriptions.push(log, server, aws, new ConnectionStatus(aws), documents, tree, setUp, panel, tabs, jobs, new ImpactTree(server, impact), guardrails, new TargetDecorations(server), new EffectiveDocuments(server), new TargetStatus(server, choice), registerRulePages(context), showServerState(server));
  void noticeOpenOperations(context);
  return { serverState: () => server.state, saidOfServer: () => server.said, awsConnection: () => ({ mode: aws.settings.mode, ...(aws.view === undefined ? {} : { organizationId: aws.view.organizationId }) }), isPanelLoaded: () => panel.isLoaded, shownTarget: () => panel.target, testedGuardrails: () => guardrails.tested, drift: () => drift.report, driftMark: (target) => driftDecorations.markOf(target), listedJobs: () => jobs.shown, setUpSteps: () => setUp.rows };
}
