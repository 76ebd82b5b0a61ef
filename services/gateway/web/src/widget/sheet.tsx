/** Sheets over the foot of the window. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Say } from "./say.ts";
import { holdFocus } from "./window.tsx";

interface SheetProps { role: "dialog" | "alertdialog"; onClose(): void; onSubmit(): void; children: ComponentChildren }

/** Over the foot of the window. Holds the focus, which goes to its `.first` and in the end back to where it was. */
export function Sheet({ role, onClose, onSubmit, children }: SheetProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current!.getRootNode() as ShadowRoot;
    const before = root.activeElement as HTMLElement | null;
    box.current!.querySelector<HTMLElement>(".first")!.focus();
    return () => (before?.isConnected ? before : root.querySelector("textarea"))?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    event.stopPropagation();
    holdFocus(event, box.current!);
  };
  return (
    <>
      <div class="dim" onClick={onClose} />
      <div ref={box} class="sheet" role={role} aria-modal="true" aria-labelledby="sheet" onKeyDown={onKey}>
        <form noValidate onSubmit={(event) => { event.preventDefault(); onSubmit(); }}>{children}</form>
      </div>
    </>
  );
}

export interface AskProps { say: Say; onEnd(): void; onKeep(): void }

/** Before a conversation is ended. */
export function AskEnd({ say: { texts }, onEnd, onKeep }: AskProps) {
  return (
    <Sheet role="alertdialog" onClose={onKeep} onSubmit={onEnd}>
      <h3 id="sheet">{texts.endSure}</h3>
      <p class="quiet">{texts.endHint}</p>
      <div class="buttons">
        <button type="button" class="btn grow first" onClick={onKeep}>{texts.keepOpen}</button>
        <button class="btn danger">{texts.end}</button>
      </div>
    </Sheet>
  );
}
