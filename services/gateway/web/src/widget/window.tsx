/** The window and what its three faces share: the header, the strip under it, sheets over it. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { bell, down, Icon } from "../shared/icons.tsx";
import { Chat } from "./chat.tsx";
import { files, forms, lazily } from "./lazily.tsx";
import { initialsOf } from "./initials.ts";
import { PHONE } from "./screen.ts";
import type { Session } from "./session.ts";
import type { FirstSay, Say } from "./say.ts";

/** What a face of the window gets. `inside`: whether the visitor's focus is in the window, so that it may be moved. */
export interface Face { session: Session; say: FirstSay; inside: { readonly current: boolean } }
export interface LateFace extends Face { say: Say }

/** While a form is on its way. */
function Coming({ session, say }: Face) {
  return (
    <>
      <Header session={session} say={say} title={say.texts.launcher} line={undefined} icon={<Icon d={bell} size={26} />} />
      <div class="body" aria-busy="true"><i class="spin" /></div>
    </>
  );
}

const Offline = lazily(forms, "Offline", Coming);
const Details = lazily(forms, "Details", Coming);
const DropHere = lazily(files, "DropHere");

export function Window({ session, say }: { session: Session; say: FirstSay }) {
  const box = useRef<HTMLElement>(null);
  const inside = useRef(session.byHand);
  const phone = matchMedia(PHONE).matches;
  const view = session.view.value;
  const face = { session, say, inside };

  useLayoutEffect(() => followKeyboard(box.current!), []);
  const onKey = (event: KeyboardEvent) => {
    // The shop's page has its own shortcuts: what is typed here is not for them.
    event.stopPropagation();
    if (event.key === "Escape") session.show(false);
    if (phone) holdFocus(event, box.current!);
  };
  const onFocusOut = ({ target }: FocusEvent) => {
    // A field that goes away with the face it stood in has not been left.
    setTimeout(() => {
      const left = (target as Node).isConnected && !(box.current?.getRootNode() as ShadowRoot | undefined)?.activeElement;
      if (left) inside.current = false;
    });
  };

  const [over, setOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    const { files, types } = event.dataTransfer!;
    if (!types.includes("Files")) return;
    // Where it is not taken, the browser would leave the page for it.
    event.preventDefault();
    setOver(event.type === "dragover" && session.attaches.value);
    if (event.type === "drop") session.attach(files);
  };

  return (
    <section ref={box} class="window" role="dialog" aria-modal={phone} aria-labelledby="title" onKeyDown={onKey}
      onFocusIn={() => (inside.current = true)} onFocusOut={onFocusOut}
      onDragOver={onDrag} onDrop={onDrag} onDragLeave={({ relatedTarget }) => box.current!.contains(relatedTarget as Node | null) || setOver(false)}>
      {view === "form" ? <Offline {...face} /> : view === "details" ? <Details {...face} rules={session.questions.rules.value ?? {}} /> : <Chat {...face} />}
      {over && <DropHere say={say} />}
    </section>
  );
}

interface HeaderProps {
  session: Session;
  say: FirstSay;
  title: string;
  line: string | undefined;
  icon: ComponentChildren;
  style?: Record<string, string>;
  children?: ComponentChildren;
}

export function Header({ session, say: { texts }, title, line, icon, style = {}, children }: HeaderProps) {
  return (
    <>
      <header style={style}>
        {icon}
        <div class="grow">
          <h2 id="title" class="cut" dir="auto">{title}</h2>
          {line && <p class="cut" dir="auto">{line}</p>}
        </div>
        {children}
        <Tool d={down} name={texts.close} onClick={() => session.show(false)} />
      </header>
      <div role="status">{session.away.value && <p class="strip"><i class="spin" />{texts.reconnecting}</p>}</div>
    </>
  );
}

/** The initials of whoever answers, or the bell; the dot says that somebody is there. */
export function Avatar({ name = "", there = false }: { name?: string; there?: boolean }) {
  return <span class={there ? "avatar there" : "avatar"} aria-hidden="true">{initialsOf(name) || <Icon d={bell} size={22} />}</span>;
}

interface ToolProps { d: string; name: string; menu?: boolean; onClick(): void }

export function Tool({ d, name, menu, onClick }: ToolProps) {
  return (
    <button type="button" class="tool" onClick={onClick} aria-label={name} title={name} {...(menu !== undefined && { "aria-haspopup": "menu", "aria-expanded": menu })}>
      <Icon d={d} size={20} stroke={menu === undefined ? 1.5 : 2.2} />
    </button>
  );
}

/** On phones the keyboard lies over the page: the window keeps to what is left of it. */
function followKeyboard(box: HTMLElement): (() => void) | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  const fit = () => {
    box.style.setProperty("--height", `${view.height}px`);
    box.style.setProperty("--top", `${view.offsetTop}px`);
  };
  fit();
  for (const what of ["resize", "scroll"]) view.addEventListener(what, fit);
  return () => {
    for (const what of ["resize", "scroll"]) view.removeEventListener(what, fit);
  };
}

/** Tab goes round inside the box. */
export function holdFocus(event: KeyboardEvent, box: HTMLElement): void {
  if (event.key !== "Tab") return;
  const stops = [...box.querySelectorAll<HTMLElement>("button, textarea, input, summary, a")].filter((each) => each.tabIndex >= 0);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const root = box.getRootNode() as ShadowRoot;
  if (root.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
