/** What can be done with the conversation as a whole, behind "…". */

import { useEffect, useRef } from "preact/hooks";

import { chatEnded, Icon, lock, mail, soundOff, soundOn } from "../shared/icons.tsx";
import type { Say } from "./say.ts";
import type { Session } from "./session.ts";

export interface MenuProps { session: Session; say: Say; onChoose(sheet: "copy" | "end" | "privacy"): void; onClose(): void }

export function Menu({ session: { bell, questions }, say: { texts }, onChoose, onClose }: MenuProps) {
  const muted = bell.muted.value;
  const items = [
    { d: mail, text: texts.copy, act: () => onChoose("copy") },
    { d: muted ? soundOn : soundOff, text: muted ? texts.unmute : texts.mute, act: () => bell.toggle() },
    ...(questions.privacy.value ? [{ d: lock, text: texts.privacy, act: () => onChoose("privacy") }] : []),
    { d: chatEnded, text: texts.end, danger: true, act: () => onChoose("end") },
  ];
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = box.current!.getRootNode() as ShadowRoot;
    const before = root.activeElement as HTMLElement | null;
    stops(box.current!)[0]?.focus();
    return () => void (before?.isConnected && !root.activeElement && before.focus());
  }, []);
  const onKey = (event: KeyboardEvent) => {
    const all = stops(box.current!);
    const at = all.indexOf((box.current!.getRootNode() as ShadowRoot).activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) all.at(to % all.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div class="over" onClick={onClose} />
      <div ref={box} class="menu" role="menu" aria-label={texts.more} onKeyDown={onKey}>
        {items.map(({ d, text, danger, act }) => (
          <button key={text} type="button" role="menuitem" tabIndex={-1} class={danger ? "danger" : ""} onClick={() => { onClose(); act(); }}>
            <Icon d={d} size={18} />{text}
          </button>
        ))}
      </div>
    </>
  );
}

const stops = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>("button")];
