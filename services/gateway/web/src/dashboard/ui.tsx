/** What every page uses: the person's choices, texts, marks, dialogs. */

import { effect, signal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { storage } from "../shared/connection/environment.ts";
import { check, clock, Icon, minus, turnArrow } from "../shared/icons.tsx";
import { LANGUAGES, pickLanguage, type Language } from "../shared/language.ts";
import { shortId, type Chat, type Turn } from "./chats.ts";
import { now } from "./now.ts";
import { NARROW } from "./windows.ts";
import { TEXTS } from "./texts.ts";

export { now };

export type Theme = "system" | "light" | "dark";

const choices = storage("localStorage");
const recall = (name: string) => choices?.getItem(`shopbell:choice:${name}`) ?? null;

export const language = signal<Language>(pickLanguage(recall("language"), ...navigator.languages));
export const theme = signal<Theme>((recall("theme") as Theme | null) ?? "system");

/** Whether one conversation fills the screen. */
export const narrow = signal(false);
const narrowScreen = matchMedia(`(max-width: ${NARROW - 1}px)`);
narrow.value = narrowScreen.matches;
narrowScreen.addEventListener("change", () => (narrow.value = narrowScreen.matches));

export const t = () => TEXTS[language.value];

effect(() => {
  document.documentElement.lang = language.value;
  if (theme.value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});

export function choose(name: "language" | "theme", value: string): void {
  if (name === "language") language.value = value as Language;
  else theme.value = value as Theme;
  choices?.setItem(`shopbell:choice:${name}`, value);
}

/** What is chosen in one tab holds in the others, too. */
addEventListener("storage", (event) => {
  if (event.key === "shopbell:choice:language" && event.newValue) language.value = event.newValue as Language;
  if (event.key === "shopbell:choice:theme" && event.newValue) theme.value = event.newValue as Theme;
});

export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", fr: "Français", pl: "Polski" };

export function LanguageChoice() {
  return (
    <label class="row">
      <span class="sr">{t().language}</span>
      <select value={language.value} onChange={(event) => choose("language", event.currentTarget.value)}>
        {LANGUAGES.map((each) => <option key={each} value={each}>{LANGUAGE_NAMES[each]}</option>)}
      </select>
    </label>
  );
}

export const nameOf = (chat: { visitor: Chat["visitor"] }) => chat.visitor.name || t().guest;
export const idOf = ({ visitor }: { visitor: Chat["visitor"] }) =>
  visitor.signed_in ? t().id.replace("{id}", visitor.id) : shortId(visitor);

/** How long ago, in the shortest words: `48 s`, `3 min`, `2 h`. */
export function ago(at: string): string {
  const seconds = Math.max(0, Math.floor((now.value - Date.parse(at)) / 1000));
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** The same as a part of its own, so that only its text is drawn anew; give it `at` as its key. */
export function Ago({ at }: { at: string }) {
  return <>{useComputed(() => ago(at))}</>;
}

export function turnWord(turn: Turn, status?: string): string {
  const texts = t();
  if (turn === "over") return status === "archived" ? texts.archived : texts.ended;
  return { ours: texts.yourTurn, answered: texts.answered, waiting: texts.waiting }[turn];
}

/** Shape, word and colour together: never colour alone. */
export function TurnMark({ turn, word }: { turn: Turn; word?: string | undefined }) {
  const icon = { ours: turnArrow, answered: check, waiting: clock, over: minus }[turn];
  return <span class={`turn ${turn}`}><i><Icon d={icon} size={11} stroke={0.9} /></i>{word && <span class="cut">{word}</span>}</span>;
}

/** `Maja Kowal` is `MK`. */
export const initialsOf = (name: string) => name.trim().split(/\s+/).map((word) => [...word][0]).slice(0, 2).join("").toUpperCase();

/** `unknown` stands where there is no name to begin with. */
export function Avatar({ chat, small = false, large = false, unknown = "G" }: {
  chat: { visitor: Chat["visitor"] }; small?: boolean; large?: boolean; unknown?: string;
}) {
  const name = chat.visitor.name;
  const initials = name ? initialsOf(name) : unknown;
  const tint = name ? `t${([...name].reduce((sum, sign) => sum + sign.codePointAt(0)!, 0) % 4) + 1}` : "";
  return <span class={`av ${tint} ${small ? "s" : large ? "l" : ""}`} aria-hidden="true">{initials}</span>;
}

export function Switch({ on, busy, label, onChange }: { on: boolean; busy: boolean; label: string; onChange(on: boolean): void }) {
  return (
    <button type="button" class={`sw-row ${busy ? "busy" : ""}`} role="switch" aria-checked={on} aria-busy={busy} onClick={() => !busy && onChange(!on)}>
      <span class={`sw ${on ? "on" : ""}`} aria-hidden="true" /><b>{label}</b>
    </button>
  );
}

/** Asks before something that cannot be taken back lightly. The focus begins on the safe answer and goes back after. */
export function Confirm({ title, hint, yes, no, onYes, onNo, inline = false, busy = false, error }: {
  title: string; hint: string; yes: string; no: string; onYes(): void; onNo(): void; inline?: boolean; error?: string | undefined;
  /** It is being done: another yes counts for nothing. */
  busy?: boolean;
}) {
  const safe = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    safe.current?.focus();
    return () => before?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onNo();
    if (event.key === "Tab") keepInside(event, box.current!);
  };
  return (
    <div class={inline ? "scrim inline" : "scrim"} onKeyDown={onKey}>
      <div ref={box} class="ask" role="alertdialog" aria-modal="true" aria-label={title} aria-describedby="ask-hint">
        <h3>{title}</h3>
        <p class="muted" id="ask-hint">{hint}</p>
        {error && <p class="err" role="alert">{error}</p>}
        <div class="row">
          <button class="btn danger sm" aria-disabled={busy} onClick={() => !busy && onYes()}>{yes}</button>
          <button ref={safe} class="btn sm" onClick={onNo}>{no}</button>
        </div>
      </div>
    </div>
  );
}

export function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>("button:not([disabled]), a[href], input, select, textarea")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (edge && document.activeElement !== edge && document.activeElement !== box) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

export function Empty({ icon, title, hint, children }: { icon: string; title: string; hint: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="brass-ink"><Icon d={icon} size={32} /></span>
      <h2>{title}</h2>
      <p class="muted">{hint}</p>
      {children}
    </div>
  );
}

export function Logo({ size = 34 }: { size?: number }) {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Shopbell">
      <rect width="32" height="32" rx="9" fill="#23477E" /><path d="M7 21.2a9 9 0 0 1 18 0z" fill="#fff" />
      <rect x="5.4" y="22.7" width="21.2" height="2.3" rx="1.15" fill="#fff" /><rect x="15" y="8.6" width="2" height="4" fill="#E0A93B" />
      <rect x="12.6" y="7" width="6.8" height="2.5" rx="1.25" fill="#E0A93B" />
    </svg>
  );
}
