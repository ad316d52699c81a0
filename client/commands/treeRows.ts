import { Uri, window } from 'vscode';
import { revealLocation } from '../locations.ts';
import { isOrganizationNode } from '../views/organizationItems.ts';

/** Opens the file of a policy's row. */
export async function openPolicy(node: unknown): Promise<void> {
  if (isOrganizationNode(node) && node.type === 'policy' && node.policy.uri !== undefined) await window.showTextDocument(Uri.parse(node.policy.uri));
}

/** Shows the place of a row in the model file. */
export async function revealInModel(node: unknown): Promise<void> {
  if (isOrganizationNode(node)) await revealLocation(node.type === 'policy' ? node.policy.location : node.entity.location);
}
