import { window } from 'vscode';
import type { ReadinessFormat, ReadinessPlace } from '../../server/protocol.ts';
import { chooseModel } from '../aws/chooseModel.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isOrganizationNode } from '../views/organizationItems.ts';
import { isRecord } from '../webview/shape.ts';
import { exportFile, type ExportedFile } from './exportedFile.ts';

const files: Readonly<Record<ReadinessFormat, ExportedFile>> = {
  csv: { title: 'Export Readiness', what: 'The checklist', name: 'backup-readiness.csv', filters: { CSV: ['csv'] } },
  markdown: { title: 'Export Readiness', what: 'The checklist', name: 'backup-readiness.md', filters: { Markdown: ['md'] } },
  cloudformation: { title: 'Export StackSet Template', what: 'The template', name: 'backup-readiness.yaml', filters: { YAML: ['yaml', 'yml'] } },
};

/**
 * Asks where to, and writes what has to exist in AWS. A template is of one model or of a part of it.
 * @param to a place that is taken without asking.
 * @param from a row of the Organization view, or what the page names; without it the user chooses among several models.
 */
export async function exportReadiness(server: ServerAccess, format: ReadinessFormat, to?: unknown, from?: unknown): Promise<void> {
  let place = placeOf(from);
  if (place === undefined && format === 'cloudformation') {
    const organization = await chooseModel(server, 'Export StackSet Template');
    if (organization === undefined) return;
    place = { organization };
  }
  await exportFile(files[format], async () => {
    const result = await server.request('backupPolicy/readinessText', { format, ...(place === undefined ? {} : { place }) });
    if (result.type === 'text') return result.text;
    void window.showInformationMessage(result.reason);
    return undefined;
  }, to);
}

function placeOf(from: unknown): ReadinessPlace | undefined {
  if (isOrganizationNode(from) && from.type === 'entity') return from.entity.target;
  if (!isRecord(from) || typeof from['organization'] !== 'string') return undefined;
  const key = from['key'];
  return { organization: from['organization'], ...(typeof key === 'string' ? { key } : {}) };
}
