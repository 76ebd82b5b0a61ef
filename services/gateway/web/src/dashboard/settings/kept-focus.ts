/** A control that goes leaves the focus to the next one, not to nothing: who works by keyboard goes on from there. */

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const CONTROLS = "button:not([disabled]), a[href], input:not([disabled], [hidden]), select:not([disabled]), textarea:not([disabled])";
const HEADINGS = "h1, h2, h3";

/** While it is drawn, whatever had the focus within the element and goes hands it on; in the end to the element itself, or to the main part in it. */
export function useKeptFocus(within: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const page = within.current!;
    let last: HTMLElement | null = null;
    const came = ({ target }: FocusEvent) => (last = target instanceof HTMLElement && page.contains(target) ? target : null);
    // Who clicks elsewhere has left it on purpose.
    const pressed = ({ target }: PointerEvent) => last?.contains(target as Node) || (last = null);
    const observer = new MutationObserver((records) => {
      if (!last || document.activeElement !== document.body) return;
      heirOf(last, records, page.querySelector<HTMLElement>("main") ?? page).focus();
    });
    document.addEventListener("focusin", came);
    document.addEventListener("pointerdown", pressed, true);
    observer.observe(page, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", came);
      document.removeEventListener("pointerdown", pressed, true);
    };
  }, []);
}

function heirOf(gone: HTMLElement, records: readonly MutationRecord[], page: HTMLElement): HTMLElement {
  // It was only moved.
  if (gone.isConnected) return gone;
  const record = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)));
  const place = record?.target as HTMLElement | undefined;
  if (!record || !place?.isConnected || place.closest("[data-focus-to-page]")) return page;
  const removed = [...record.removedNodes].find((node) => node.contains(gone)) as HTMLElement;
  const instead = records.filter(({ target }) => target === place).flatMap(({ addedNodes }) => [...addedNodes]);
  return controlIn([...alike(removed, record.nextSibling, "nextSibling"), ...alike(removed, record.previousSibling, "previousSibling"), ...instead])
    ?? headingOver(place) ?? page;
}

/** The other rows of its list, from there on. */
function alike(removed: HTMLElement, from: Node | null, way: "nextSibling" | "previousSibling"): Node[] {
  const found: Node[] = [];
  for (let node = from; node; node = node[way]) {
    if (node instanceof HTMLElement && node.tagName === removed.tagName && node.classList[0] === removed.classList[0]) found.push(node);
  }
  return found;
}

function controlIn(nodes: readonly Node[]): HTMLElement | undefined {
  for (const node of nodes) {
    if (!(node instanceof HTMLElement) || !node.isConnected) continue;
    const found = [...(node.matches(CONTROLS) ? [node] : node.querySelectorAll<HTMLElement>(CONTROLS))].find((each) => each.getClientRects().length > 0);
    if (found) return found;
  }
  return undefined;
}

function headingOver(place: HTMLElement): HTMLElement | null {
  const heading = place.closest("section")?.querySelector<HTMLElement>(HEADINGS) ?? null;
  if (heading && !heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  return heading;
}
