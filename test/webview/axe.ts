/** All rules of axe-core, best practices included, and the looks under which a page must pass them. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { PanelPageOptions } from './panelPage.ts';
import { themes, type ThemeKind } from './themes.ts';

/** The editor's kinds of themes. */
export const themeKinds: readonly ThemeKind[] = Object.keys(themes).filter((kind): kind is ThemeKind => Object.hasOwn(themes, kind));

/** Each kind of theme, narrow and zoomed: what it is called, and how a page is opened that way. */
export const looks: readonly (readonly [string, PanelPageOptions & { readonly theme: ThemeKind; readonly width: number; readonly height: number }])[] = themeKinds.flatMap((theme) => [
  [`in ${theme} at 320 px`, { theme, width: 320, height: 700 }] as const,
  // A zoomed window has fewer, larger pixels.
  [`in ${theme} at 200 % zoom`, { theme, width: 640, height: 400, context: { deviceScaleFactor: 2 } }] as const,
]);

/** What axe-core finds wrong with a page: rule, element and what to mend. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axe.source);
  return page.evaluate<readonly string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))`);
}
