/** The shapes of events: each kind has its own, so that none is told by colour alone. */

import { svg, type SVGTemplateResult } from 'lit';
import type { EventKind } from './lanes.ts';

/** The shape of an event around a point. Decoration: its meaning is in the label of what it stands in. */
export function symbol(kind: EventKind, x: number, y: number): SVGTemplateResult {
  const at = `${String(x)} ${String(y)}`;
  switch (kind) {
    case 'start':
      return svg`<circle class="symbol start" cx=${x} cy=${y} r="4" />`;
    case 'copy':
      return svg`<path class="symbol copy" d=${`M${at} m-4 -4 h5.5 v5.5 h-5.5 z m3 3 h5.5 v5.5 h-5.5 z`} />`;
    case 'move':
      return svg`<path class="symbol move" d=${`M${at} m0 -5 l5 5 l-5 5 l-5 -5 z`} />`;
    case 'deletion':
      return svg`<path class="symbol deletion" d=${`M${at} m-3.5 -3.5 l7 7 m0 -7 l-7 7`} />`;
    case 'overlap':
      return svg`<path class="symbol overlap" d=${`M${at} m0 -5 l5.5 9.5 h-11 z`} />`;
    case 'tick':
      return svg`<path class="symbol tick" d=${`M${at} m0 -4 v8`} />`;
  }
}
