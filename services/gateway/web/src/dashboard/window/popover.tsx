/** What opens over a window: one thing at a time, closed by Esc, by a click elsewhere, or by leaving it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  label: string;
  /** Where it stands: `from-top` under the window's head, `from-foot` over the editor's tools. */
  place: "from-top" | "from-foot";
  role?: "dialog" | "menu";
  onClose(): void;
  onKeyDown?(event: KeyboardEvent): void;
  children: ComponentChildren;
}

/** The focus begins on `[data-first]`, else on the first thing that takes it, else on the whole, and goes back if it was still inside. */
export function Popover({ label, place, role = "dialog", onClose, onKeyDown, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const here = box.current!;
    (here.querySelector<HTMLElement>("[data-first]") ?? here.querySelector<HTMLElement>("button, input") ?? here).focus();
    const elsewhere = (event: Event) => {
      // The button that opened it closes it by itself.
      const target = event.target as Element;
      if (!here.contains(target) && !target.closest("[aria-expanded=true]")) close.current();
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      if (here.contains(document.activeElement) || document.activeElement === document.body) before?.isConnected && before.focus();
    };
  }, []);

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else onKeyDown?.(event);
  };
  const onLeave = (event: FocusEvent) => {
    const to = event.relatedTarget as Element | null;
    if (to && box.current && !box.current.contains(to) && !to.closest("[aria-expanded=true]")) onClose();
  };
  return (
    <div ref={box} class={`over-win ${place}`} tabIndex={-1} role={role} aria-label={label} onKeyDown={onKey} onFocusOut={onLeave}>
      {children}
    </div>
  );
}

/** Moves the focus among `stops` with the arrow keys, Home and End; `across` columns make it a grid. True if it did. */
export function moveFocus(event: KeyboardEvent, stops: readonly HTMLElement[], across = 1): boolean {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const rtl = getComputedStyle(event.currentTarget as Element).direction === "rtl";
  const steps: Record<string, number> = {
    ArrowDown: across, ArrowUp: -across, Home: -at, End: stops.length - 1 - at,
    ...(across > 1 ? { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 } : {}),
  };
  const step = steps[event.key];
  if (step === undefined || at < 0 || stops.length === 0) return false;
  event.preventDefault();
  event.stopPropagation();
  stops[(at + step + stops.length) % stops.length]?.focus();
  return true;
}
