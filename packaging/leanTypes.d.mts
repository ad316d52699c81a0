import type { Plugin } from 'esbuild';

/** Every namespace as an expression that a bundler may leave out when nobody reads it. */
export declare function withPureNamespaces(text: string): string;

/** The plugin of esbuild that leaves out the data types of LSP that no module of a server reads. */
export declare const leanTypes: Plugin;
