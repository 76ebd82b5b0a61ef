/** A menu of deeds: opened by its button, walked with the arrow keys or first letters. */

import { useId, useRef, useState } from "preact/hooks";

import { Icon, more } from "../../shared/icons.tsx";
import { moveFocus, Popover } from "./popover.tsx";

export interface Deed {
  icon: string;
  label: string;
  /** The key that does the same. */
  key?: string;
  danger?: boolean;
  /** What it leads to, if it is a page; else `run`. */
  href?: string;
  run?(): void;
}

export function Menu({ label, title, deeds, onOpen }: { label: string; title: string; deeds: readonly Deed[]; onOpen?(): void }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const turn = (on: boolean) => {
    if (on) onOpen?.();
    setOpen(on);
  };
  const onButtonKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || open) return;
    event.preventDefault();
    turn(true);
  };
  const run = (deed: Deed) => {
    // First the focus goes back to the button, then the deed may take it further.
    setOpen(false);
    button.current?.focus();
    deed.run?.();
  };
  return (
    <>
      <button ref={button} class="ib dots" aria-label={label} title={title} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined}
        onClick={() => turn(!open)} onKeyDown={onButtonKey}><Icon d={more} stroke={2} /></button>
      {open && <Items id={id} label={label} deeds={deeds} onRun={run} onClose={() => setOpen(false)} />}
    </>
  );
}

function Items({ id, label, deeds, onRun, onClose }: { id: string; label: string; deeds: readonly Deed[]; onRun(deed: Deed): void; onClose(): void }) {
  const list = useRef<HTMLUListElement>(null);
  const stops = () => [...list.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Tab") return onClose();
    if (moveFocus(event, stops()) || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    // A link does not take the space bar by itself.
    if (event.key === " ") return void ((event.target as Element).matches("a") && (event.preventDefault(), (event.target as HTMLElement).click()));
    event.preventDefault();
    event.stopPropagation();
    nextBy(event.key, stops())?.focus();
  };
  return (
    <Popover label={label} place="from-top" role="menu" onClose={onClose} onKeyDown={onKey}>
      <ul id={id} ref={list} role="presentation">
        {deeds.map((deed) => <Item key={deed.label} deed={deed} onRun={() => onRun(deed)} />)}
      </ul>
    </Popover>
  );
}

function Item({ deed, onRun }: { deed: Deed; onRun(): void }) {
  const inner = <><Icon d={deed.icon} /><span class="grow">{deed.label}</span>{deed.key && <kbd aria-hidden="true">{deed.key}</kbd>}</>;
  return (
    <li role="presentation">
      {deed.href
        ? <a role="menuitem" tabIndex={-1} class="it" href={deed.href} onClick={onRun}>{inner}</a>
        : <button role="menuitem" tabIndex={-1} class={deed.danger ? "it danger-ink" : "it"} aria-keyshortcuts={deed.key} onClick={onRun}>{inner}</button>}
    </li>
  );
}

/** The next one that begins with the letter, going round. */
function nextBy(letter: string, stops: readonly HTMLElement[]): HTMLElement | undefined {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const order = [...stops.slice(at + 1), ...stops.slice(0, at + 1)];
  return order.find((each) => each.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()));
}
