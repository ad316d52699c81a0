import type { CoverageFormat } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { exportFile, type ExportedFile } from './exportedFile.ts';

const files: Readonly<Record<CoverageFormat, Pick<ExportedFile, 'name' | 'filters'>>> = {
  csv: { name: 'backup-coverage.csv', filters: { CSV: ['csv'] } },
  markdown: { name: 'backup-coverage.md', filters: { Markdown: ['md'] } },
};

/** Asks where to, and writes which plans reach which accounts. @param to a place that is taken without asking. */
export function exportCoverage(server: ServerAccess, format: CoverageFormat, to?: unknown): Promise<void> {
  return exportFile({ title: 'Export Coverage', what: 'The coverage', ...files[format] }, () => server.request('backupPolicy/coverageText', { format }), to);
}
