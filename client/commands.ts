import { commands, type ExtensionContext } from 'vscode';
import type { ModelChange } from '../server/protocol.ts';
import { AwsAttachments } from './aws/awsAttachments.ts';
import type { AwsConnection } from './aws/awsConnection.ts';
import { CanaryAttachments } from './aws/canaries.ts';
import { ConnectionCommands } from './aws/connectionCommands.ts';
import { DriftCommands } from './aws/drift/driftCommands.ts';
import type { DriftComparison } from './aws/drift/driftComparison.ts';
import { DriftDocuments } from './aws/drift/driftDocuments.ts';
import { EmbeddedOrganizationCommand } from './aws/embeddedOrganization.ts';
import { checkReadiness } from './aws/readinessCheck.ts';
import { awsCommands, whyNotInBrowser } from './aws/browserLimit.ts';
import { RemoteAccess, showRemoteFailure } from './aws/remoteAccess.ts';
import { SetUpCommands } from './aws/setUpCommands.ts';
import type { SetUpTree } from './aws/setUpTree.ts';
import type { CommandName } from './commandNames.ts';
import { ImportCommand } from './aws/importCommand.ts';
import { JobCommands } from './aws/jobCommands.ts';
import { hasOpenOperations } from './aws/openOperations.ts';
import { RemoteOperations } from './aws/operations.ts';
import { PushCommands } from './aws/pushCommands.ts';
import { PushDocuments } from './aws/pushDocuments.ts';
import { AttachmentCommands } from './commands/attachments.ts';
import { chooseInventory } from './commands/chooseInventory.ts';
import { exportCoverage } from './commands/coverageExport.ts';
import { EffectivePolicyCommands } from './commands/effectivePolicies.ts';
import { EntityMoves } from './commands/entityMoves.ts';
import { ModelChanges } from './commands/modelChanges.ts';
import { newBackupPolicy, newGuardrailsFile, newOrganizationModel } from './commands/newFiles.ts';
import { OrganizationSearch } from './commands/organizationSearch.ts';
import { exportReadiness } from './commands/readinessExport.ts';
import { confirmRefactoring, refactorPolicy } from './commands/refactorings.ts';
import { RevisionImpact } from './commands/revisionImpact.ts';
import { openSampleOrganization } from './commands/sample.ts';
import { showStatements } from './commands/statements.ts';
import { openPolicy, revealInModel } from './commands/treeRows.ts';
import { WhyNotSetCommand } from './commands/whyNotSet.ts';
import type { PolicyDocuments } from './documents.ts';
import { unsavedChanges, type ImpactComparison } from './impactComparison.ts';
import type { ServerAccess } from './serverAccess.ts';
import type { TargetChoice } from './targetChoice.ts';
import type { EditorTabs } from './views/editorTabs.ts';
import type { EffectivePolicyPanel } from './views/effectivePolicyPanel.ts';
import type { JobsTree } from './views/jobsTree.ts';
import type { OrganizationTree } from './views/organizationTree.ts';

export { driftRows } from './aws/drift/driftItems.ts';
export { setUpRows } from './aws/setUpItems.ts';

/** What activation made and commands work on. */
export interface CommandSubjects {
  readonly context: ExtensionContext;
  readonly server: ServerAccess;
  readonly aws: AwsConnection;
  readonly choice: TargetChoice;
  readonly impact: ImpactComparison;
  readonly documents: PolicyDocuments;
  readonly tree: OrganizationTree;
  readonly setUp: SetUpTree;
  readonly panel: EffectivePolicyPanel;
  readonly tabs: EditorTabs;
  readonly jobs: JobsTree;
  readonly drift: DriftComparison;
}

/** What the commands do, by their names. */
export interface Commands {
  /** Runs a command with what VS Code hands to it; where AWS cannot be reached, those that need it say why. */
  run(name: CommandName, from: readonly unknown[]): Promise<unknown>;
  /** Shows what a change of a model file does, asks, and makes it. True when the model was changed. */
  makeChange(change: ModelChange): Promise<boolean>;
}

/** Makes the commands. Nothing is registered here: activation does it, and calls this when the first of them runs. */
export function createCommands({ context, server, aws, choice, impact, documents, tree, setUp, panel, tabs, jobs, drift }: CommandSubjects): Commands {
  const remote = new RemoteAccess(server);
  const pushDocuments = new PushDocuments();
  const operations = new RemoteOperations(aws, remote, impact, pushDocuments);
  const awsAttachments = new AwsAttachments(aws, remote, impact, operations);
  const changes = new ModelChanges(server, impact, awsAttachments);
  const canaries = new CanaryAttachments(context, server, choice, changes);
  const revisions = new RevisionImpact(server, impact);
  const attachments = new AttachmentCommands(server, choice, changes, () => tree.selected);
  const effective = new EffectivePolicyCommands(server, choice, panel, (entity) => tabs.showPolicy(entity));
  const whyNotSet = new WhyNotSetCommand(server, panel, () => effective.choose());
  const moves = new EntityMoves(server, changes);
  const embedded = new EmbeddedOrganizationCommand(context, server, aws, remote);
  const connection = new ConnectionCommands(context, aws, remote, () => embedded.create());
  const setUpCommands = new SetUpCommands(setUp, aws, remote);
  const search = new OrganizationSearch(server, choice, tree);
  const pushes = new PushCommands(server, aws, remote, impact, pushDocuments);
  const imports = new ImportCommand(server, remote, pushDocuments);
  const jobCommands = new JobCommands(server, remote, jobs);
  const driftDocuments = new DriftDocuments(server, drift);
  const drifts = new DriftCommands(server, remote, drift, driftDocuments, awsAttachments);
  const firstConnection = server.onDidConnect(() => {
    firstConnection.dispose();
    void hasOpenOperations(context).then((isOpen) => (isOpen ? operations.recover(true) : undefined));
  });
  context.subscriptions.push(firstConnection, revisions, operations, pushDocuments, driftDocuments);
  const handlers: Readonly<Record<CommandName, (...from: readonly unknown[]) => Promise<unknown>>> = {
    showEffectivePolicy: (from) => effective.show(from),
    showSelectedTarget: () => effective.showSelected(() => tree.selected),
    showDrift: (from) => drifts.compare(from),
    refreshDrift: () => drifts.refresh(),
    openDrift: (from) => drifts.open(from),
    takeAwsSide: (from) => drifts.takeAws(from),
    pushOurSide: (from) => drifts.pushOurs(from),
    saveDriftCase: (from, to) => drifts.saveCase(from, to),
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
      await tabs.showCoverage();
      await server.ensure();
    },
    exportCoverageCsv: (to) => exportCoverage(server, 'csv', to),
    exportCoverageMarkdown: (to) => exportCoverage(server, 'markdown', to),
    showReadiness: async () => {
      await tabs.showReadiness();
      await server.ensure();
    },
    exportReadinessCsv: (to, from) => exportReadiness(server, 'csv', to, from),
    exportReadinessMarkdown: (to, from) => exportReadiness(server, 'markdown', to, from),
    exportStackSetTemplate: (to, from) => exportReadiness(server, 'cloudformation', to, from ?? to),
    checkReadiness: () => checkReadiness(server, remote, tabs),
    showJobs: (from) => jobCommands.show(from),
    refreshJobs: () => jobCommands.refresh(),
    loadMoreJobs: () => jobCommands.loadMore(),
    filterJobs: () => jobCommands.filter(),
    openJobPolicyLine: (from) => jobCommands.openPolicyLine(from),
    copyJobId: (from) => jobCommands.copyId(from),
    showLikelyCause: (from) => jobCommands.showCause(from),
    clearOrganizationFilter: () => search.clearFilter(),
    findInOrganization: () => search.find(),
    chooseTarget: () => effective.choose(),
    attachPolicy: (from) => attachments.attach(from),
    detachPolicy: (from) => attachments.detach(from),
    pushPolicy: (from) => pushes.push(from),
    pushChangedPolicies: (from) => pushes.pushChanged(from),
    attachToOneFirst: (from) => canaries.attach(from),
    continueCanaryAttachment: () => canaries.continue(),
    undoLastPush: () => operations.undo(),
    recoverOperations: () => operations.recover(false),
    showJournal: () => operations.showJournal(),
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
    connectToAws: (from) => connection.connect(from),
    chooseAwsProfile: (from) => connection.choose(from),
    changeAwsMode: () => connection.changeMode(),
    showAwsConnection: () => connection.show(),
    createEmbeddedOrganization: (from) => embedded.create(from),
    importOrganization: () => imports.import(),
    restartServer: () => server.restart(),
    openSampleOrganization: () => openSampleOrganization(context),
    showSetUp: () => setUpCommands.show(),
    refreshSetUp: () => setUpCommands.refresh(),
    runSetUpAction: (from) => setUpCommands.run(from),
    enableSetUpStep: (from) => setUpCommands.change(from, 'enable'),
    disableSetUpStep: (from) => setUpCommands.change(from, 'disable'),
    registerDelegatedAdministrator: (from) => setUpCommands.register(from),
    deregisterDelegatedAdministrator: (from) => setUpCommands.change(from, 'deregister'),
    showDelegationPolicy: () => setUpCommands.showDelegationPolicy(),
    generateDelegationPolicy: (from) => setUpCommands.generate(from),
    copySetUpCommand: (from) => setUpCommands.copyCommand(from),
    openSetUpPage: (from) => setUpCommands.openPage(from),
    openWalkthrough: async () => commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`),
  };
  return {
    makeChange: (change) => changes.make(change),
    run: async (name, from) => {
      const limit = awsCommands.has(name) ? whyNotInBrowser() : undefined;
      return limit === undefined ? handlers[name](...from) : showRemoteFailure(limit);
    },
  };
}
