import type { Document } from '../../core/document/tree.ts';
import { LevelCache } from '../../model/levels.ts';
import { applyChanges, type Change, type Snapshot } from '../../model/snapshot.ts';
import { documentOf } from '../diagnostics.ts';
import type { JsonEdit } from '../jsonLayout.ts';
import { TextDraft } from './textDraft.ts';

/** What a refactoring does to one file. */
export type FileChange =
  | { readonly type: 'edit'; readonly uri: string; readonly edits: readonly JsonEdit[] }
  | { readonly type: 'create'; readonly uri: string; readonly text: string }
  | { readonly type: 'delete'; readonly uri: string };

/** Files that a refactoring edits, creates and deletes, step by step, beside the snapshot that stays as it is. */
export class Draft {
  readonly snapshot: Snapshot;
  readonly #edited = new Map<string, TextDraft>();
  readonly #created = new Map<string, string>();
  readonly #deleted = new Set<string>();

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  /** A policy or model as it stands after the steps so far; undefined when the snapshot does not have it. */
  document(uri: string): Document | undefined {
    return this.#edited.get(uri)?.document ?? documentOf(this.snapshot, uri);
  }

  /** Edits a file of the snapshot; the spans are those of its present text. */
  edit(uri: string, edits: readonly JsonEdit[]): void {
    const original = documentOf(this.snapshot, uri);
    if (original === undefined || edits.length === 0) return;
    const draft = this.#edited.get(uri) ?? new TextDraft(original);
    draft.apply(edits);
    this.#edited.set(uri, draft);
  }

  /** Makes a new policy file. */
  create(uri: string, text: string): void {
    this.#created.set(uri, text);
  }

  /** Deletes a policy file. */
  delete(uri: string): void {
    this.#deleted.add(uri);
  }

  /** New files first, so that edits can name them; files without a change are left out. */
  changes(): readonly FileChange[] {
    const edits = [...this.#edited].map(([uri, draft]): FileChange => ({ type: 'edit', uri, edits: draft.edits() }));
    return [
      ...[...this.#created].map(([uri, text]): FileChange => ({ type: 'create', uri, text })),
      ...edits.filter((change) => change.type === 'edit' && change.edits.length > 0 && !this.#deleted.has(change.uri)),
      ...[...this.#deleted].map((uri): FileChange => ({ type: 'delete', uri })),
    ];
  }

  /** The snapshot after the steps so far. Its merges are remembered apart: trying leaves nothing behind. */
  next(): Snapshot {
    const changes: Change[] = [...this.#created].map(([uri, text]) => ({ type: 'policy', uri, text }));
    for (const [uri, { document }] of this.#edited) {
      changes.push({ type: this.snapshot.organizations.has(uri) ? 'organization' : 'policy', uri, text: document.text });
    }
    for (const uri of this.#deleted) changes.push({ type: 'gone', uri });
    return applyChanges({ ...this.snapshot, levels: new LevelCache(this.snapshot.levels) }, this.snapshot.at, changes);
  }
}
