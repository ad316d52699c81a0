import { LevelCache } from './model/levels.ts';
import { applyChanges, emptySnapshot, type Change, type DocumentType, type Snapshot } from './model/snapshot.ts';

/** A document with other text: what its file says in the wanted version, undefined when there is no such policy, model or guardrails file. */
export interface UnsavedDocument {
  readonly uri: string;
  readonly type: DocumentType | undefined;
  readonly text: string;
}

/**
 * A snapshot of another version of files, such as the saved ones, made from the one with edits. It shares every file without
 * edits, and its merges are remembered apart, so that a keystroke merges neither side again where nothing changed.
 */
export class SavedFiles {
  readonly #levels = new LevelCache();
  #last: Snapshot = emptySnapshot(0);

  /** @param unsaved the documents with edits. */
  of(current: Snapshot, unsaved: readonly UnsavedDocument[]): Snapshot {
    const policies = new Map(current.policies);
    const organizations = new Map(current.organizations);
    const changes: Change[] = [];
    for (const { uri, type, text } of unsaved) {
      const [policy, organization] = [this.#last.policies.get(uri), this.#last.organizations.get(uri)];
      if (type === 'policy' && policy?.document.text === text) policies.set(uri, policy);
      else if (type === 'organization' && organization?.document.text === text) organizations.set(uri, organization);
      else changes.push(type === undefined ? { type: 'gone', uri } : { type, uri, text });
    }
    this.#last = applyChanges({ at: current.at, policies, organizations, guardrails: current.guardrails, levels: this.#levels }, current.at, changes);
    return this.#last;
  }
}
