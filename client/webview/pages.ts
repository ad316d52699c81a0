/** The page on display beside the effective policy: what it asked for, what came, and what it says meanwhile. */

import { html, type TemplateResult } from 'lit';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import type { HostMessage, PageId } from './messages.ts';
import type { PanelMemory } from './panelMemory.ts';
import type { PanelTab, TabContext } from './panelTab.ts';
import { tabOf } from './tabs.ts';
import type { VsCodeApi } from './vscodeApi.ts';

type Answer =
  | { readonly type: 'page'; readonly result: unknown }
  | { readonly type: 'pageFailed'; readonly message: string };

/** What the pages need of the panel. */
export interface PagesHost {
  readonly api: VsCodeApi;
  readonly memory: () => PanelMemory;
  readonly remember: (change: Partial<PanelMemory>) => void;
  readonly render: () => void;
}

/** The pages of one panel, of which at most one is on display. */
export class PanelPages {
  readonly #host: PagesHost;
  readonly #answers = new Map<PageId, Answer>();
  readonly #asked = new Map<PageId, unknown>();
  #busy = false;

  constructor(host: PagesHost) {
    this.#host = host;
  }

  /** The page on display; undefined for the effective policy. */
  get current(): PageId | undefined {
    return tabOf(this.#host.memory().page)?.id;
  }

  /** Shows a page and asks for what it needs. */
  choose(page: PageId | undefined): void {
    this.#host.remember({ page });
    this.#busy = page !== undefined;
    this.ask();
    this.#host.render();
  }

  /** Tells the host what the page on display needs; after each load of the panel, too. */
  ask(): void {
    const tab = tabOf(this.#host.memory().page);
    if (tab === undefined) {
      this.#host.api.postMessage({ type: 'ask', page: null, params: null });
      return;
    }
    this.#ask(tab, this.#asked.has(tab.id) ? this.#asked.get(tab.id) : tab.params(this.#host.memory().pages[tab.id]));
  }

  /** Another target: what came for the one before counts no more. */
  forget(): void {
    this.#answers.clear();
    this.#busy = this.current !== undefined;
  }

  /** Takes a message of the host. */
  receive(message: Exclude<HostMessage, { type: 'state' }>): void {
    if (message.type === 'open') {
      const page = message.page ?? undefined;
      if (page !== undefined) {
        this.#asked.delete(page);
        if (message.memory !== undefined) {
          this.#keep(page, message.memory);
        }
      }
      this.choose(page);
      return;
    }
    if (message.type === 'page' && !same(message.params, this.#asked.get(message.page))) {
      return;
    }
    this.#answers.set(message.page, message);
    this.#busy = false;
    this.#host.render();
  }

  /** The page on display. */
  render(tab: PanelTab, view: EffectivePolicyView, rest: Pick<TabContext, 'reveal' | 'onCommand'>): TemplateResult {
    const answer = this.#answers.get(tab.id);
    if (answer?.type === 'pageFailed') {
      return html`<div class="welcome" role="alert"><p>This page cannot be shown.</p><p>${answer.message}</p></div>`;
    }
    return tab.render(answer?.result, {
      ...rest,
      view,
      memory: this.#host.memory().pages[tab.id],
      remember: (memory) => {
        this.#keep(tab.id, memory);
        this.#host.render();
      },
      ask: (params) => {
        this.#busy = true;
        this.#ask(tab, params);
        this.#host.render();
      },
      busy: this.#busy,
    });
  }

  #keep(page: PageId, memory: unknown): void {
    this.#host.remember({ pages: { ...this.#host.memory().pages, [page]: memory } });
  }

  #ask(tab: PanelTab, params: unknown): void {
    this.#asked.set(tab.id, params);
    this.#host.api.postMessage({ type: 'ask', page: tab.id, params });
  }
}

/** Params are plain data that went to the host and came back. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
