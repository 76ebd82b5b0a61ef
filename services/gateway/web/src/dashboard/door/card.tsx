/** What every page of the door looks like: one card with a heading, what is to be said, and a form. */

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { LanguageChoice, Logo } from "../ui.tsx";
import "./door.css";

interface Props {
  title: string;
  /** Under the title. */
  lead: ComponentChildren;
  /** What is said before the fields, which name it as their description. */
  why?: ComponentChildren;
  busy?: boolean;
  onSubmit?(): void;
  children?: ComponentChildren;
}

export function Card({ title, lead, why, busy = false, onSubmit, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Shopbell`;
  }, [title]);
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <main class="door">
      <form class="si" onSubmit={submit} aria-busy={busy}>
        <Logo size={40} />
        <div class="to"><h1>{title}</h1><p class="muted">{lead}</p></div>
        <div id="why" class="why">{why}</div>
        {children}
      </form>
      <footer><LanguageChoice /></footer>
    </main>
  );
}

export function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return <label class="f">{label}{children}</label>;
}

/** The one thing to do. It says itself why it waits. */
export function Go({ busy, held = false, children }: { busy: boolean; held?: boolean; children: ComponentChildren }) {
  return <button class="btn primary wide" aria-disabled={busy || held}>{children}</button>;
}
