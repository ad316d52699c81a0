import { EventEmitter, type Event } from 'vscode';
import type { ImpactComparison as Comparison, ImpactView } from '../server/protocol.ts';

/** With what the view of impacts compares, and how it says so. */
export interface ShownComparison {
  readonly comparison: Comparison | { readonly type: 'given'; readonly impact: ImpactView };
  /** The title of the view. */
  readonly title: string;
  /** What stands above the rows. */
  readonly message?: string;
}

/** The edited files compared with the saved ones. */
export const unsavedChanges: ShownComparison = { comparison: { type: 'unsaved' }, title: 'Impact of Unsaved Changes' };

/** What the view of impacts compares now. */
export class ImpactComparison {
  readonly #changed = new EventEmitter<ShownComparison>();
  #shown = unsavedChanges;

  get onDidChange(): Event<ShownComparison> {
    return this.#changed.event;
  }

  get shown(): ShownComparison {
    return this.#shown;
  }

  show(shown: ShownComparison): void {
    this.#shown = shown;
    this.#changed.fire(shown);
  }
}
