import type { Plugin } from 'esbuild';

/** Features of the language client that the server does not offer, by the modules of the library in which they are. */
export declare const unofferedFeatures: Readonly<Record<string, readonly string[]>>;

/**
 * A module of the library with what stands in place of pieces of it.
 * @throws Error when a piece is not there exactly once.
 */
export function edited(text: string, module: string, edits?: readonly { readonly module: string; readonly whole: string; readonly lean: string }[]): string;

/** The plugin of esbuild that leaves out of the language client what the server does not need. Its warnings are errors. */
export declare const leanClient: Plugin;
