import type { Browser } from 'playwright-core';

/** The path of a browser; says which. Throws with what to do when there is none. */
export function browserPath(): string;

/** Starts the browser without a window and without any traffic of its own. */
export function launchBrowser(): Promise<Browser>;
