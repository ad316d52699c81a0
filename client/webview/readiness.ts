/** Entry of the page of readiness: connects it to the extension host. */

import './readiness/readiness.css';
import { isReadinessHostMessage, type ReadinessMessage } from './readiness/readinessMessages.ts';
import { ReadinessPage } from './readiness/readinessPage.ts';
import './vscodeApi.ts';

const container = document.getElementById('panel');
if (container !== null) {
  const page = new ReadinessPage(container, acquireVsCodeApi<ReadinessMessage>());
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isReadinessHostMessage(event.data)) page.show(event.data.state);
  });
  page.start();
}
