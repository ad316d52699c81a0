import { commands, env, version, window, type ExtensionContext } from 'vscode';

/** Opens VS Code's reporter of issues with what is known of a server that ends by itself; nothing of the user's files is in it. */
export async function reportServerEnds({ extension }: ExtensionContext, message: string): Promise<void> {
  const { version: own } = extension.packageJSON as { readonly version: string };
  const issueBody = [message, '', `Extension ${own}, VS Code ${version} (${env.appHost}).`, '', 'The log is in the output channel "Backup Policies". Look through it before you add it: it can name your files.'].join('\n');
  try {
    await commands.executeCommand('workbench.action.openIssueReporter', { extensionId: extension.id, issueTitle: 'The language server ends by itself', issueBody });
  } catch {
    await env.clipboard.writeText(issueBody);
    void window.showInformationMessage('VS Code cannot report issues here. What to report is in the clipboard.');
  }
}
