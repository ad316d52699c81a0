import type { Document, Span } from '../../core/document/tree.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Owner } from '../codeActions/place.ts';
import type { Draft } from './draft.ts';

/** Where the user asks for refactorings: a range of a policy. */
export interface RefactoringPlace {
  readonly snapshot: Snapshot;
  readonly uri: string;
  readonly document: Document;
  readonly range: Span;
  /** The members from "plans" to the innermost setting or group around the range; empty outside of "plans". */
  readonly owners: readonly Owner[];
  /** The keys of these members as written. */
  readonly path: readonly string[];
}

/** The kinds of code action that refactorings have. LSP 3.18 names the second; older type packages do not. */
export type RefactoringKind = 'refactor.extract' | 'refactor.move' | 'refactor.inline' | 'refactor.rewrite';

/** Edits as they would be made, or a sentence that says why they cannot be. */
export type Attempt = Draft | string;

/** One refactoring that can be tried at a place. */
export interface Proposal {
  /** Tells it from the others of its place, also in the next snapshot. */
  readonly id: string;
  /** A phrase without a full stop, as a light bulb shows it. */
  readonly title: string;
  readonly kind: RefactoringKind;
  /**
   * Makes the edits, in one of several ways: the first one that leaves every effective policy as it is counts, and
   * when none does, the first one. May be costly: merges are made only here.
   */
  readonly attempts: readonly (() => Attempt)[];
  /** True when it is of use only as long as every effective policy stays the same: otherwise it is not offered. */
  readonly onlyWhenSame: boolean;
  /** What is gone after it, for a confirmation that is asked for even when every effective policy stays the same. */
  readonly lost?: string;
}

/** Finds what one kind of refactoring can do at a place; cheap. */
export type Refactoring = (place: RefactoringPlace) => readonly Proposal[];
