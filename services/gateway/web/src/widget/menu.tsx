/** What can be done with the conversation as a whole, behind "…". */

import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../shared/icons.tsx";

export interface Item { d: string; text: string; danger?: boolean; act(): void }

export interface MenuProps { label: string; items: Item[]; onClose(): void }

export function Menu({ label, items, onClose }: MenuProps) {
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
      <div ref={box} class="menu" role="menu" aria-label={label} onKeyDown={onKey}>
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
