import { useLayoutEffect, useState, type RefObject } from 'react';

/** Gives the current width of an element, in whole pixels; 0 until it is known. */
export function useElementWidth(element: RefObject<Element>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
