/** The window and what its three faces share: the header, the strip under it, sheets over it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { bell, down, Icon } from "../shared/icons.tsx";
import { Chat } from "./chat.tsx";
import { headerStyle, type Colours } from "./colours.ts";
import type { FieldRules } from "./fields.ts";
import { lazily } from "./lazily.tsx";
import { PHONE } from "./screen.ts";
import type { Session } from "./session.ts";
import type { Say } from "./say.ts";

/** What a face of the window gets. `inside`: whether the visitor's focus is in the window, so that it may be moved. */
export interface Face { session: Session; say: Say; inside: { readonly current: boolean } }

/** While a form is on its way. */
function Coming({ session, say }: Face) {
  return (
    <>
      <Header session={session} say={say} title={say.texts.launcher} line={undefined} icon={<Icon d={bell} size={26} />} />
      <div class="body" aria-busy="true"><i class="spin" /></div>
    </>
  );
}

const Offline = lazily<Face>(() => import("./forms.ts").then((forms) => forms.Offline), Coming);
const Details = lazily<Face & { rules: FieldRules }>(() => import("./forms.ts").then((forms) => forms.Details), Coming);

export function Window({ session, say }: { session: Session; say: Say }) {
  const box = useRef<HTMLElement>(null);
  const inside = useRef(session.byHand);
  const phone = matchMedia(PHONE).matches;
  const view = session.view.value;
  const asks = session.questions.rules.value;
  const face = { session, say, inside };

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

  return (
    <section ref={box} class="window" role="dialog" aria-modal={phone} aria-labelledby="title" onKeyDown={onKey}
      onFocusIn={() => (inside.current = true)} onFocusOut={onFocusOut}>
      {view === "form" ? <Offline {...face} /> : view === "details" && asks ? <Details {...face} rules={asks} /> : <Chat {...face} />}
    </section>
  );
}

interface HeaderProps {
  session: Session;
  say: Say;
  title: string;
  line: string | undefined;
  icon: ComponentChildren;
  colours?: Colours;
  children?: ComponentChildren;
}

export function Header({ session, say: { texts }, title, line, icon, colours, children }: HeaderProps) {
  return (
    <>
      <header style={colours && headerStyle(colours)}>
        {icon}
        <div class="grow">
          <h2 id="title" class="cut">{title}</h2>
          {line && <p class="cut">{line}</p>}
        </div>
        {children}
        <Tool d={down} name={texts.close} onClick={() => session.show(false)} />
      </header>
      <div role="status">{session.away.value && <p class="strip"><i class="spin" />{texts.reconnecting}</p>}</div>
    </>
  );
}

export function Avatar() {
  return <span class="avatar" aria-hidden="true"><Icon d={bell} size={22} /></span>;
}

export function Tool({ d, name, onClick }: { d: string; name: string; onClick(): void }) {
  return <button type="button" class="tool" onClick={onClick} aria-label={name} title={name}><Icon d={d} size={20} /></button>;
}

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

/** Tab goes round inside the box. */
function holdFocus(event: KeyboardEvent, box: HTMLElement): void {
  if (event.key !== "Tab") return;
  const stops = [...box.querySelectorAll<HTMLElement>("button, textarea, input, summary")].filter((each) => each.tabIndex >= 0);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const root = box.getRootNode() as ShadowRoot;
  if (root.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
