import type { Plugin } from 'esbuild';

/** The plugin of esbuild that leaves out of each schema what its module does not read. */
export declare const leanSchemas: Plugin;
