/** The schedule page as an element: it knows its width, where the focus is, and what the pointer is over. */

import { LitElement, nothing, type TemplateResult } from 'lit';
import type { TimelineDays, TimelineView, ViewLocation } from '../../../server/protocol.ts';
import { lanesOf } from './lanes.ts';
import { laneMarks, timeOf } from './marks.ts';
import { panned, within, zoomed } from './scale.ts';
import { scaleAndClock, timeline, type TimelineHandlers } from './timeline.ts';
import { nearest, timelineAction, type GridRow } from './timelineKeys.ts';
import { emptyTimelineMemory, ofWholePeriod, type TimelineMemory, type TimeWindow } from './timelineMemory.ts';

/** What the page asks of the panel around it. */
export interface TimelineHost {
  readonly remember: (memory: TimelineMemory) => void;
  readonly ask: (days: TimelineDays) => void;
  readonly reveal: (location: ViewLocation) => void;
}

/** `<backup-timeline>`: draws into the page itself, by whose style sheet it is styled. */
export class TimelineElement extends LitElement {
  static override properties = { view: { attribute: false }, memory: { attribute: false }, host: { attribute: false } };

  declare view: TimelineView | undefined;
  declare memory: TimelineMemory;
  declare host: TimelineHost | undefined;

  #width = 0;
  #rows: readonly GridRow[] = [];
  #told: string | undefined;
  /** Set when a key moved the focus: the mark is there only after drawing. */
  #focusNext = false;
  /** The lane and moment at which the focus was before marks changed. */
  #place: { readonly lane: string; readonly time: number | undefined } | undefined;
  readonly #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width !== this.#width) {
      this.#width = width;
      this.requestUpdate();
    }
  });

  constructor() {
    super();
    this.memory = emptyTimelineMemory;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (view === undefined || this.#width === 0) {
      return nothing;
    }
    const memory = this.#fitting(view);
    const { scale, clock } = scaleAndClock(view, memory, this.#width);
    this.#rows = lanesOf(view).map((lane) => ({ lane, marks: laneMarks(lane, scale, clock) }));
    return timeline(view, memory, { width: this.#width, rows: this.#rows, current: this.#current(), told: this.#told }, this.#handlers);
  }

  protected override updated(): void {
    if (this.#focusNext) {
      this.#focusNext = false;
      this.#focusCurrent();
    }
  }

  /** What is remembered, as far as it fits the view. */
  #fitting(view: TimelineView): TimelineMemory {
    const { window } = this.memory;
    if (window === undefined || this.memory.days !== view.days || window.to <= view.from || window.from >= view.to) {
      return ofWholePeriod(this.memory);
    }
    return { ...this.memory, window: within(window, view) };
  }

  /** The lane or mark that Tab reaches: the remembered one, else the one nearest to it. */
  #current(): string {
    const { current } = this.memory;
    const first = this.#rows[0]?.lane.id ?? '';
    if (current === undefined || this.#rows.some(({ lane, marks }) => lane.id === current || marks.some(({ id }) => id === current))) {
      return current ?? first;
    }
    const row = this.#rows.find(({ lane }) => lane.id === this.#place?.lane);
    const time = this.#place?.time;
    return (time === undefined || row === undefined ? undefined : nearest(row.marks, time)?.id) ?? row?.lane.id ?? first;
  }

  #focusCurrent(): void {
    const current = this.#current();
    for (const element of this.querySelectorAll<HTMLElement | SVGElement>('[data-mark]')) {
      if (element.dataset['mark'] === current) {
        element.focus();
        element.scrollIntoView({ block: 'nearest' });
        return;
      }
    }
  }

  #remember(change: Partial<TimelineMemory>): void {
    const { view } = this;
    const memory = { ...this.memory, ...change };
    const { window } = memory;
    const all = window === undefined || view !== undefined && window.from <= view.from && window.to >= view.to;
    this.memory = all ? ofWholePeriod(memory) : memory;
    this.host?.remember(this.memory);
  }

  #move(window: (from: TimeWindow, period: TimeWindow) => TimeWindow): void {
    const { view } = this;
    if (view === undefined) {
      return;
    }
    this.#focusNext = this.contains(document.activeElement) && document.activeElement?.closest('[role="grid"]') !== null;
    this.#told = undefined;
    const { from, to } = view;
    this.#remember({ window: window(this.#fitting(view).window ?? { from, to }, { from, to }) });
  }

  #zoom(factor: number, around?: number): void {
    this.#move((window, period) => zoomed(window, period, factor, around ?? this.#place?.time ?? (window.from + window.to) / 2));
  }

  #pan(share: number): void {
    this.#move((window, period) => panned(window, period, share));
  }

  #markOf(event: Event): string | undefined {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement | SVGElement>('[data-mark]') : null;
    return element?.dataset['mark'];
  }

  #tell(id: string | undefined): void {
    if (id !== this.#told) {
      this.#told = id;
      this.requestUpdate();
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const action = timelineAction(this.#rows, this.#markOf(event) ?? '', event);
    if (action === undefined) {
      return;
    }
    event.preventDefault();
    switch (action.type) {
      case 'focus':
        this.#keepPlace(action.id);
        this.#remember({ current: action.id });
        this.#focusNext = true;
        break;
      case 'zoom':
        this.#zoom(action.factor);
        break;
      case 'pan':
        this.#pan(action.share);
        break;
      case 'all':
        this.#move((_window, period) => period);
        break;
      case 'hide':
        this.#tell(undefined);
        break;
      case 'open':
        this.#handlers.onOpen(action.lane);
        break;
    }
  };

  #keepPlace(id: string): void {
    const row = this.#rows.find(({ lane, marks }) => lane.id === id || marks.some((mark) => mark.id === id));
    const mark = row?.marks.find((each) => each.id === id);
    this.#place = row === undefined ? undefined : { lane: row.lane.id, time: mark === undefined ? undefined : timeOf(mark) };
  }

  readonly #handlers: TimelineHandlers = {
    onDays: (days) => {
      this.memory = ofWholePeriod({ ...this.memory, days });
      this.host?.remember(this.memory);
      if (this.view?.days !== days) {
        this.host?.ask(days);
      }
    },
    onZone: (zone) => { this.#remember({ zone }); },
    onTable: (asTable) => { this.#remember({ asTable }); },
    onZoom: (factor) => { this.#zoom(factor); },
    onPan: (share) => { this.#pan(share); },
    onKey: this.#onKey,
    onWheel: (event) => {
      const { view } = this;
      if (!event.ctrlKey || view === undefined) {
        return;
      }
      event.preventDefault();
      const { scale } = scaleAndClock(view, this.#fitting(view), this.#width);
      this.#zoom(event.deltaY > 0 ? 1.25 : 0.8, scale.time(event.clientX - this.getBoundingClientRect().left));
    },
    onTell: (event) => { this.#tell(this.#markOf(event)); },
    onHide: () => { this.#tell(undefined); },
    onFocus: (event) => {
      const id = this.#markOf(event);
      if (id === undefined) {
        return;
      }
      this.#keepPlace(id);
      this.#tell(id);
      if (id !== this.memory.current) {
        this.#remember({ current: id });
      }
    },
    onOpen: ({ location }) => {
      if (location !== undefined) {
        this.host?.reveal(location);
      }
    },
  };
}

customElements.define('backup-timeline', TimelineElement);
