/** Draws of a long list only what is in view: TanStack's virtual core for Preact. */

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const BEYOND = 6;
/** Until the box is measured, so that the first picture is not empty. */
const GUESSED = { width: 600, height: 500 };

export interface Virtual {
  items: VirtualItem[];
  /** The room of what is not drawn, in pixels. */
  before: number;
  after: number;
  /** For rows of unequal height: the `ref` of each, beside its `data-index`. */
  measure(row: Element | null): void;
}

/** `size`: a row's height in pixels, or a guess at it. `head`: of what stands above the rows in the scrolling box. */
export function useVirtual(box: RefObject<HTMLElement | null>, count: number, size: number, keyOf: (index: number) => string, head = 0): Virtual {
  const [, redraw] = useState(0);
  const options = {
    count, getScrollElement: () => box.current, estimateSize: () => size, getItemKey: keyOf, overscan: BEYOND, scrollMargin: head, initialRect: GUESSED,
    observeElementRect, observeElementOffset, scrollToFn: elementScroll, onChange: () => redraw((times) => times + 1),
  };
  const kept = useRef<Virtualizer<HTMLElement, Element>>(null);
  const virtual = (kept.current ??= new Virtualizer<HTMLElement, Element>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  const items = virtual.getVirtualItems();
  const last = items.at(-1);
  return {
    items,
    before: items.length > 0 ? items[0]!.start - head : 0,
    after: last ? Math.max(0, virtual.getTotalSize() - (last.end - head)) : 0,
    measure: virtual.measureElement,
  };
}
