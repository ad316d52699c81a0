import { commands, window, type ExtensionContext } from 'vscode';
import type { TargetRef } from '../server/protocol.ts';
import { AttachmentCommands } from './commands/attachments.ts';
import { chooseInventory } from './commands/chooseInventory.ts';
import { exportCoverage } from './commands/coverageExport.ts';
import { EffectivePolicyCommands } from './commands/effectivePolicies.ts';
import { EntityMoves } from './commands/entityMoves.ts';
import { ModelChanges } from './commands/modelChanges.ts';
import { newBackupPolicy, newGuardrailsFile, newOrganizationModel } from './commands/newFiles.ts';
import { OrganizationSearch } from './commands/organizationSearch.ts';
import { RevisionImpact } from './commands/revisionImpact.ts';
import { confirmRefactoring, refactorPolicy } from './commands/refactorings.ts';
import { openSampleOrganization } from './commands/sample.ts';
import { showStatements } from './commands/statements.ts';
import { openPolicy, revealInModel } from './commands/treeRows.ts';
import { WhyNotSetCommand } from './commands/whyNotSet.ts';
import { PolicyDocuments } from './documents.ts';
import { EffectiveDocuments } from './effectiveDocuments.ts';
import { ImpactComparison, unsavedChanges } from './impactComparison.ts';
import { registerRulePages } from './rulePages.ts';
import { ServerAccess, type ServerState, type StartSession } from './serverAccess.ts';
import { TargetStatus } from './statusBar.ts';
import { TargetChoice } from './targetChoice.ts';
import { CoveragePanel } from './views/coveragePanel.ts';
import { EffectivePolicyEditors } from './views/effectivePolicyEditors.ts';
import { EffectivePolicyPanel } from './views/effectivePolicyPanel.ts';
import type { TestedGuardrail } from './views/guardrailReport.ts';
import { GuardrailTests } from './views/guardrailTests.ts';
import { ImpactTree } from './views/impactTree.ts';
import { OrganizationTree } from './views/organizationTree.ts';
import { TargetDecorations } from './views/targetDecorations.ts';
import { showServerState } from './serverContext.ts';

/** What other extensions and tests can ask. */
export interface ExtensionApi {
  /** Whether the language server was needed so far. */
  serverState(): ServerState;
  /** Whether the page of the side panel is loaded. */
  isPanelLoaded(): boolean;
  /** The target that the panel shows. */
  shownTarget(): TargetRef | undefined;
  /** What the last run of guardrails in the Testing view said, in the order of the files. */
  testedGuardrails(): readonly TestedGuardrail[];
}

/** Registers everything and starts nothing: the server comes with the first document, view or command that needs it. */
export function activateWith(context: ExtensionContext, start: StartSession): ExtensionApi {
  const log = window.createOutputChannel('Backup Policies', { log: true });
  const server = new ServerAccess(context, start, log);
  const choice = new TargetChoice(context, server);
  const impact = new ImpactComparison();
  const changes = new ModelChanges(server, impact);
  const tree = new OrganizationTree(server, async (change) => {
    await changes.make(change);
  });
  const revisions = new RevisionImpact(server, impact);
  const panel = new EffectivePolicyPanel(context, server, choice, (target) => tree.reveal(target));
  const editors = new EffectivePolicyEditors(context, server, choice, (target) => tree.reveal(target));
  const guardrails = new GuardrailTests(server);
  const documents = new PolicyDocuments(context, server);
  const attachments = new AttachmentCommands(server, choice, changes, () => tree.selected);
  const effective = new EffectivePolicyCommands(server, choice, panel, editors);
  const whyNotSet = new WhyNotSetCommand(server, panel, () => effective.choose());
  const coverage = new CoveragePanel(context, server);
  const moves = new EntityMoves(server, changes);
  const search = new OrganizationSearch(server, choice, tree);
  const handlers: Readonly<Record<string, (...from: readonly unknown[]) => Promise<unknown>>> = {
    showEffectivePolicy: (from) => effective.show(from),
    whyNotSet: (from) => whyNotSet.ask(from),
    testSelections: (from) => effective.testSelections(from),
    chooseInventory: () => chooseInventory(),
    showImpact: async () => commands.executeCommand('awsBackupPolicy.impact.focus'),
    showUnsavedImpact: async () => {
      impact.show(unsavedChanges);
      await commands.executeCommand('awsBackupPolicy.impact.focus');
    },
    showImpactSinceRevision: (from) => revisions.show(from),
    makePlannedChange: () => changes.makeShown(),
    openEffectivePolicyInEditor: (from) => effective.openInEditor(from),
    showEffectivePolicyAsJson: (from) => effective.showAsJson(from),
    compareEffectivePolicies: (from) => effective.compare(from),
    compareSelectedTargets: (_from, selection) => effective.compareSelected(Array.isArray(selection) ? selection : tree.selection),
    moveTarget: (from) => moves.move(from),
    filterOrganization: () => search.filter(),
    showCoverage: async () => {
      coverage.show();
      await server.ensure();
    },
    exportCoverageCsv: (to) => exportCoverage(server, 'csv', to),
    exportCoverageMarkdown: (to) => exportCoverage(server, 'markdown', to),
    clearOrganizationFilter: () => search.clearFilter(),
    findInOrganization: () => search.find(),
    chooseTarget: () => effective.choose(),
    attachPolicy: (from) => attachments.attach(from),
    detachPolicy: (from) => attachments.detach(from),
    showAttachments: (from) => attachments.show(from),
    showStatements: (uri, position, locations) => showStatements(uri, position, locations),
    refactorPolicy: () => refactorPolicy(server),
    confirmRefactoring: (ref) => confirmRefactoring(server, ref),
    movePolicyUp: (from) => attachments.move(from, -1),
    movePolicyDown: (from) => attachments.move(from, 1),
    detachSelectedPolicy: () => attachments.detachSelected(),
    openPolicy: (from) => openPolicy(from),
    revealInModel: (from) => revealInModel(from),
    newBackupPolicy: () => newBackupPolicy(server),
    newOrganizationModel: () => newOrganizationModel(),
    newGuardrailsFile: () => newGuardrailsFile(),
    treatAsBackupPolicy: () => documents.treatActiveAsPolicy(),
    refreshOrganization: async () => {
      await server.ensure();
      tree.refresh();
    },
    restartServer: () => server.restart(),
    openSampleOrganization: () => openSampleOrganization(context),
    openWalkthrough: async () => commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`),
  };
  for (const [name, handler] of Object.entries(handlers)) {
    context.subscriptions.push(commands.registerCommand(`awsBackupPolicy.${name}`, handler));
  }
  context.subscriptions.push(log, server, documents, tree, panel, editors, coverage, revisions, new ImpactTree(server, impact), guardrails, new TargetDecorations(server), new EffectiveDocuments(server), new TargetStatus(server, choice), registerRulePages(context), showServerState(server));
  return { serverState: () => server.state, isPanelLoaded: () => panel.isLoaded, shownTarget: () => panel.target, testedGuardrails: () => guardrails.tested };
}
