/** Keeps what one looks at in its place while rows above it come and go. */

/** Restores the place that was measured. */
export type Restore = () => void;

function rowElements(scroller: HTMLElement): readonly HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>('[data-row]')];
}

/** The row with this id, or undefined when it is not visible in the tree. */
export function rowElement(scroller: HTMLElement, id: string | undefined): HTMLElement | undefined {
  return id === undefined ? undefined : rowElements(scroller).find((element) => element.dataset['row'] === id);
}

/**
 * Measures before a change where the current row is, or the first row in sight when the current one is not, and
 * returns what puts it there again. A panel that is not scrolled stays so: what appears at the top is seen.
 */
export function anchorScroll(scroller: HTMLElement, current: string | undefined): Restore {
  const { scrollTop } = scroller;
  if (scrollTop === 0) {
    return () => {
      scroller.scrollTop = 0;
    };
  }
  const { top, bottom } = scroller.getBoundingClientRect();
  const inSight = (element: HTMLElement): boolean => {
    const box = element.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  };
  const seen = rowElements(scroller).filter(inSight);
  const preferred = seen.find((element) => element.dataset['row'] === current);
  const anchors = (preferred === undefined ? seen : [preferred, ...seen]).map((element) => ({
    id: element.dataset['row'],
    offset: element.getBoundingClientRect().top,
  }));
  return () => {
    for (const { id, offset } of anchors) {
      const element = rowElement(scroller, id);
      if (element !== undefined) {
        scroller.scrollTop += element.getBoundingClientRect().top - offset;
        return;
      }
    }
    scroller.scrollTop = scrollTop;
  };
}
