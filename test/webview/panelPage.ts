/** The panel in a browser: its real bundle and page, with a stand-in for the editor that keeps what the panel sends. */

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type BrowserContextOptions, type CDPSession, type Locator, type Page } from 'playwright-core';
import type { PanelMessage, PanelState } from '../../client/webview/messages.ts';
import { webviewPage } from '../../client/webview/page.ts';
import { themes, type ThemeKind } from './themes.ts';

const address = 'https://panel.test';
const nonce = 'c0ffee0123456789';

const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** Where browsers are found: the variable CHROMIUM, then the usual places on Linux and macOS. */
export function browserPath(): string {
  const candidates = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = candidates.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (found === undefined) {
    throw new Error('No Chromium or Chrome was found. Install one, or name it in the variable CHROMIUM.');
  }
  return found;
}

/** Bundles the page's script, style and font as the package has them, into `folder`. */
async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: ['client/webview/effectivePolicy.ts'],
    outfile: join(folder, 'effectivePolicy.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'error',
  });
}

/** What the editor gives the page; runs before the page's script. `kept` is what the panel stored before. */
export function editorScript(theme: ThemeKind, kept: unknown): string {
  return `(() => {
    const sent = [];
    const violations = [];
    let kept = ${kept === undefined ? 'undefined' : JSON.stringify(kept)};
    let acquired = false;
    window.standIn = { sent, violations, kept: () => kept };
    window.acquireVsCodeApi = () => {
      if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
      acquired = true;
      return { postMessage: (message) => sent.push(structuredClone(message)), getState: () => kept, setState: (state) => { kept = structuredClone(state); } };
    };
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
    const variables = ${JSON.stringify(themes[theme])};
    document.addEventListener('DOMContentLoaded', () => {
      document.body.className = ${JSON.stringify(theme)};
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty('--vscode-' + name, value);
      document.documentElement.style.backgroundColor = variables['sideBar-background'];
    });
  })()`;
}

/** How a page is opened. */
export interface PanelPageOptions {
  readonly theme?: ThemeKind;
  readonly width?: number;
  readonly height?: number;
  /** What the panel stored before the editor threw its page away. */
  readonly kept?: unknown;
  readonly context?: BrowserContextOptions;
}

/** One page with the panel. */
export class PanelPage {
  readonly page: Page;
  readonly #errors: string[] = [];
  #forgiven = false;
  #protocol: CDPSession | undefined;

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#errors.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.#errors.push(error.message));
  }

  /** For a test that breaks the rules of the page on purpose. */
  forgetFailures(): void {
    this.#errors.length = 0;
    this.#forgiven = true;
  }

  /** Sends a state as the extension host does and waits until it is drawn. */
  async show(state: PanelState): Promise<void> {
    await this.send({ type: 'state', state });
  }

  /** Sends any message. */
  async send(message: unknown): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      addEventListener('message', () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))), { once: true });
      postMessage(${JSON.stringify(message)}, '*');
    })`);
  }

  /** What the panel sent to the extension host, oldest first. */
  async sent(): Promise<readonly PanelMessage[]> {
    return this.page.evaluate<readonly PanelMessage[]>('standIn.sent');
  }

  /** The last message, which is the answer to the last key or click. */
  async lastSent(): Promise<PanelMessage | undefined> {
    return (await this.sent()).at(-1);
  }

  /** What the panel stored with setState. */
  async kept(): Promise<unknown> {
    return this.page.evaluate('standIn.kept()');
  }

  /** Everything that went wrong in the page: errors, warnings, breaches of the content security policy. */
  async failures(): Promise<readonly string[]> {
    if (this.#forgiven) {
      return [];
    }
    const violations = await this.page.evaluate<readonly string[]>('standIn.violations');
    return [...this.#errors, ...violations];
  }

  async scrollTop(): Promise<number> {
    return this.page.evaluate<number>("document.querySelector('main').scrollTop");
  }

  async scrollTo(top: number): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      document.querySelector('main').scrollTop = ${String(top)};
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)));
    })`);
  }

  /** Pixels from the top of the page to the row. */
  async topOf(row: Locator): Promise<number> {
    return (await row.boundingBox())?.y ?? Number.NaN;
  }

  /** The row whose name for assistive technology begins with `start`. */
  row(start: string): Locator {
    const escaped = start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return this.page.getByRole('treeitem', { name: new RegExp(`^${escaped}`) });
  }

  /** The name by which assistive technology gets the row or control that has the focus, as the browser works it out. */
  async focused(): Promise<string> {
    return this.#name('(() => { const it = document.activeElement; return it.shadowRoot?.activeElement ?? it; })()');
  }

  /** The names of all rows of the tree, as the browser works them out for assistive technology. */
  async rowNames(): Promise<readonly string[]> {
    const names: string[] = [];
    for (const index of (await this.page.getByRole('treeitem').all()).keys()) {
      names.push(await this.#name(`document.querySelectorAll('[role="treeitem"]')[${String(index)}]`));
    }
    return names;
  }

  async #name(expression: string): Promise<string> {
    this.#protocol ??= await this.page.context().newCDPSession(this.page);
    const { result } = await this.#protocol.send('Runtime.evaluate', { expression });
    if (result.objectId === undefined) throw new Error(`${expression} is no element.`);
    const { nodes } = await this.#protocol.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
    const name: unknown = nodes[0]?.name?.value;
    return typeof name === 'string' ? name : '';
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** A browser with the bundle at hand. */
export class PanelBrowser {
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  /** Bundles the panel and starts a browser without a window. */
  static async start(): Promise<PanelBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'panel-'));
    await bundle(folder);
    const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
    return new PanelBrowser(browser, folder);
  }

  /** Size of a bundled file in bytes. */
  async size(file: string): Promise<number> {
    return (await readFile(join(this.#folder, file))).byteLength;
  }

  /** A bundled file. */
  async text(file: string): Promise<string> {
    return readFile(join(this.#folder, file), 'utf8');
  }

  /** Opens the panel; it has said `ready` and waits for its state. */
  async open({ theme = 'vscode-dark', width = 480, height = 640, kept, context }: PanelPageOptions = {}): Promise<PanelPage> {
    const page = await (await this.#browser.newContext({ viewport: { width, height }, ...context })).newPage();
    const panel = new PanelPage(page);
    await page.addInitScript(editorScript(theme, kept));
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        const body = webviewPage({
          title: 'Effective Policy',
          scriptUri: `${address}/effectivePolicy.js`,
          styleUri: `${address}/effectivePolicy.css`,
          cspSource: address,
          nonce,
        });
        await route.fulfill({ contentType: 'text/html', body });
        return;
      }
      await route.fulfill({ contentType: contentTypes[extname(pathname)] ?? 'text/plain', path: join(this.#folder, pathname) });
    });
    await page.goto(`${address}/`);
    return panel;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
