/** F6: from one part of the page to the next, each where it was left. */

const PARTS = "nav.rail, header.desk, main, .floor, .windows, aside";
const STOPS = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";

interface Part { element: HTMLElement; stops: HTMLElement[] }

const left = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus was in each part. */
export function watchParts(): void {
  addEventListener("focusin", ({ target }) => {
    const part = target instanceof HTMLElement && holderOf(target);
    if (part) left.set(part, target);
  });
}

export function goToPart(by: 1 | -1): void {
  const all = parts();
  if (all.length === 0) return;
  const here = document.activeElement && holderOf(document.activeElement);
  const at = all.findIndex((part) => part.element === here);
  const from = at >= 0 ? at : by === 1 ? -1 : 0;
  const { element, stops } = all[(from + by + all.length) % all.length]!;
  const before = left.get(element);
  (before && stops.includes(before) ? before : stops[0])?.focus();
}

const holderOf = (element: Element) => element.closest<HTMLElement>(PARTS);

/** In the order of the page, with what can have the focus in each and in no part inside it. */
function parts(): Part[] {
  return [...document.querySelectorAll<HTMLElement>(PARTS)]
    .map((element) => ({ element, stops: [...element.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => holderOf(stop) === element && isDrawn(stop)) }))
    .filter((part) => part.stops.length > 0);
}

const isDrawn = (element: HTMLElement) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
