/** Entry of the page of coverage: connects it to the extension host. */

import './coverage.css';
import { isCoverageHostMessage, type CoverageMessage } from './coverageMessages.ts';
import { CoveragePage } from './coveragePage.ts';
import './vscodeApi.ts';

const container = document.getElementById('panel');
if (container !== null) {
  const page = new CoveragePage(container, acquireVsCodeApi<CoverageMessage>());
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isCoverageHostMessage(event.data)) page.show(event.data.state);
  });
  page.start();
}
