/** Entry of the page: registers the elements it uses, connects the panel to the extension host. */

import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import './effectivePolicy.css';
import './welcome.css';
import './tabs.css';
import './cascade/cascade.css';
import './cascade/statements.css';
import './cascade/chosenRow.css';
import './cascade/details.css';
import './cascade/narrow.css';
import './resources/resources.css';
import './timeline/timeline.css';
import './timeline/events.css';
import { isHostMessage } from './messages.ts';
import { EffectivePolicyPanel } from './panel.ts';
import './vscodeApi.ts';

const container = document.getElementById('panel');
if (container !== null) {
  const api = acquireVsCodeApi();
  const panel = new EffectivePolicyPanel(container, api);
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isHostMessage(event.data)) {
      panel.receive(event.data);
    }
  });
  window.addEventListener('focus', () => { panel.focusTree(); });
  panel.start();
}
