/** Parts of the pages beside the chat: dialogs, choices, notices, moments. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

import { check, clock, Icon, info, star, warning } from "../shared/icons.tsx";
import { fill } from "../shared/language.ts";
import { numberOf } from "./chart/numbers.ts";
import { momentAlone } from "./dates.ts";
import { keepInside, language, now, t } from "./ui.tsx";

/** A question over the page that leaves rail and desk bar free. The focus begins on `.safe`, else on the first field, else on the whole, and goes back after. */
export function Dialog({ role = "dialog", title, onClose, children }: {
  role?: "dialog" | "alertdialog"; title: string; onClose(): void; children: ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    // What stands in it may come later: the focus is inside meanwhile.
    (box.current?.querySelector<HTMLElement>(".safe") ?? box.current?.querySelector<HTMLElement>("input, button") ?? box.current)?.focus();
    // What was asked about may have gone with the answer.
    return () => void setTimeout(() => (before?.isConnected ? before : document.querySelector("main"))?.focus());
  }, []);
  const onKey = (event: KeyboardEvent) => {
    // Ctrl S saves in here.
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (event.key === "Escape") onClose();
    if (event.key === "Tab") keepInside(event, box.current!);
  };
  return (
    <div class="scrim" onKeyDown={onKey}>
      <div ref={box} class="dlg" role={role} tabIndex={-1} aria-modal="true" aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </div>
  );
}

export interface Option<T extends string> { value: T; label: string; count?: number | undefined; loud?: boolean }

/** One of a few, all in view. */
export function Segments<T extends string>({ label, options, value, onChange }: {
  label: string; options: Option<T>[]; value: T; onChange(value: T): void;
}) {
  const name = useId();
  return (
    <div class="seg" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}{option.count ? <span class={option.loud ? "count" : "count quiet"}>{numberOf(option.count)}</span> : null}</span>
        </label>
      ))}
    </div>
  );
}

/** One of many, folded: a chip that says what is chosen. `usual` is the value that filters nothing. */
export function Chip<T extends string>({ label, icon, options, value, usual, onChange }: {
  label: string; icon?: string; options: Option<T>[]; value: T; usual: T; onChange(value: T): void;
}) {
  return (
    <label class={`fl ${value === usual ? "" : "on"}`}>
      {icon && <Icon d={icon} />}
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </label>
  );
}

export type Tone = "plain" | "green" | "brass" | "red" | "blue";

const ICONS: Record<Tone, string> = { plain: info, green: check, brass: clock, red: warning, blue: info };

/** What has happened, in words. Red ones interrupt; others wait until the reader has a moment. */
export function Notice({ tone = "plain", icon = ICONS[tone], children, action }: {
  tone?: Tone; icon?: string; children: ComponentChildren; action?: ComponentChildren;
}) {
  return (
    <div class={`note ${tone}`} role={tone === "red" ? "alert" : "status"}>
      <Icon d={icon} size={18} /><span class="grow">{children}</span>{action}
    </div>
  );
}

export function Moment({ at }: { at: string | null | undefined }) {
  return at ? <time dateTime={at}>{momentAlone(language.value, at, now.value)}</time> : null;
}

export function Stars({ score }: { score: number }) {
  return (
    <span class="stars" role="img" aria-label={fill(t().rated, { n: score })}>
      {[1, 2, 3, 4, 5].map((each) => <Icon key={each} d={star} size={14} stroke={1} solid={each <= score} />)}
    </span>
  );
}

/** Shown only if the answer takes a while. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div class="skel late" role="status" aria-label={t().loading}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} class="row"><span class="av" /><span class="grow"><i class="sk" style={`width:${28 + (at * 17) % 30}%`} /><i class="sk" style={`width:${52 + (at * 11) % 34}%`} /></span></div>
      ))}
    </div>
  );
}

/** Lets the browser save what was read as a file. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
