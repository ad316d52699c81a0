/** Everything that fills a webview, in a bundle of its own: it is loaded when the first page is to be seen. */

export { CoveragePanel } from './coveragePanel.ts';
export { EffectivePolicyEditors } from './effectivePolicyEditors.ts';
export { PanelWebview } from './panelWebview.ts';
export { ReadinessPanel } from './readinessPanel.ts';
