import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import { PanelBrowser, type PanelPage, type PanelPageOptions } from './panelPage.ts';
import { paymentsPolicy } from './views.ts';

/** A browser for the tests of one file, with one page at a time. */
export interface PanelSession {
  readonly browser: PanelBrowser;
  readonly panel: PanelPage;
  open(options?: PanelPageOptions): Promise<void>;
  openPolicy(view?: EffectivePolicyView, options?: PanelPageOptions): Promise<void>;
}

/**
 * Starts the browser before the tests of the file. Every page, whatever was done with it, must end without errors
 * and without breaches of its content security policy.
 */
export function panelSession(): PanelSession {
  let browser: PanelBrowser | undefined;
  let page: PanelPage | undefined;
  const current = (): PanelPage => {
    if (page === undefined) throw new Error('No page is open.');
    return page;
  };
  beforeAll(async () => {
    browser = await PanelBrowser.start();
  }, 60_000);
  afterAll(async () => {
    await browser?.stop();
  });
  afterEach(async () => {
    const failures = await current().failures();
    await current().close();
    expect(failures).toEqual([]);
  });
  const open = async (options?: PanelPageOptions): Promise<void> => {
    page = await browser?.open(options);
  };
  return {
    get browser() {
      if (browser === undefined) throw new Error('The browser does not run yet.');
      return browser;
    },
    get panel() {
      return current();
    },
    open,
    openPolicy: async (view = paymentsPolicy(), options) => {
      await open(options);
      await current().show({ kind: 'policy', view });
    },
  };
}
