/** Conversations never stop: on the other pages the recap is a tab at the foot, which opens over the page. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import type { Counter } from "../counter.ts";
import { onceDrawn } from "../keyboard/once-drawn.ts";
import type { OperatorDesk } from "../operator.ts";
import { addressOf } from "../route.ts";
import { Recap } from "./recap.tsx";
import { RecapBar } from "./recap-bar.tsx";

export function RecapTab({ desk, counter }: { desk: OperatorDesk; counter: Counter }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const show = useCallback((id: string) => {
    location.hash = addressOf("chat");
    counter.show(id);
  }, []);
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>(".li, [role=tab]")?.focus();
  }, [open]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    onceDrawn(() => box.current?.querySelector<HTMLElement>("button")?.focus());
  };
  return (
    <div ref={box} class={`rctab ${open ? "open" : ""}`} onKeyDown={onKey}>
      {open
        ? <Recap desk={desk} counter={counter} onOpen={show} onFold={() => setOpen(false)} />
        : <RecapBar desk={desk} onUnfold={() => setOpen(true)} />}
    </div>
  );
}
