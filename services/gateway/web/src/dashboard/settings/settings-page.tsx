/** The settings: the list of their parts, the part that the address names, and the bar that saves. */

import "./settings.css";

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, noSignal, reopen } from "../../shared/icons.tsx";
import { useNowAndThen } from "../list.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import type { Role } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Empty, language, t } from "../ui.tsx";
import * as draft from "./draft.ts";
import { useKeptFocus } from "./kept-focus.ts";
import { Leaving } from "./leaving.tsx";
import { partsFor, type Part } from "./registry.ts";
import { SaveBar } from "./save-bar.tsx";
import { SETTINGS } from "./texts.ts";

/** How often we look whether a colleague has saved. */
const LOOK_MS = 15_000;

export function SettingsPage({ shop, desk, at }: { shop: string; desk: OperatorDesk; at: string | null }) {
  const [failed, setFailed] = useState(false);
  const page = useRef<HTMLElement>(null);
  useKeptFocus(page);
  const role: Role = desk.staff.value.find((each) => each.id === desk.me.value?.id)?.role ?? "operator";
  const parts = partsFor(role);
  const [name, ...more] = at?.split("/") ?? [];
  const part = parts.find((each) => each.name === name) ?? (at ? undefined : parts[0]);

  const read = () => {
    setFailed(false);
    draft.open(shop).catch(() => setFailed(true));
  };
  useEffect(read, [shop]);
  useNowAndThen(() => void draft.look(), LOOK_MS);
  const latest = draft.saved.value?.settings;
  useEffect(() => void (latest && (desk.settings.value = latest)), [latest]);

  const settings = draft.draft.value;
  return (
    <main ref={page} tabIndex={-1} class={at ? "set inside" : "set"}>
      <Parts parts={parts} at={part} />
      {failed && !settings ? <Unread onRetry={read} />
        : !part || !settings ? <div class="sform">{part || desk.staff.value.length === 0 ? <Skeleton /> : <p class="muted">{t().notForRole}</p>}</div>
        : <part.View key={part.name} shop={shop} desk={desk} role={role} settings={settings} more={more.join("/") || null} />}
      <SaveBar />
      <Leaving />
    </main>
  );
}

function Parts({ parts, at }: { parts: readonly Part[]; at: Part | undefined }) {
  const texts = SETTINGS[language.value];
  const list = useRef<HTMLElement>(null);
  // On a phone the parts stand side by side, and not all are in view.
  useEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }), [at?.name]);
  const group = (name: Part["group"]): ComponentChildren => {
    const own = parts.filter((part) => part.group === name);
    return own.length > 0 && (
      <section key={name}>
        <h2>{texts.groups[name]}</h2>
        {own.map((part) => (
          <a key={part.name} href={addressOf("settings", part.name)} aria-current={part === at ? "page" : undefined}>{part.title[language.value]}</a>
        ))}
      </section>
    );
  };
  return <nav ref={list} class="sub" aria-label={texts.parts}>{group("chat")}{group("shop")}</nav>;
}

function Unread({ onRetry }: { onRetry(): void }) {
  const texts = SETTINGS[language.value];
  return (
    <div class="sform">
      <Empty icon={noSignal} title={texts.unread} hint={texts.unreadHint}>
        <button class="btn primary" onClick={onRetry}><Icon d={reopen} />{t().tryAgain}</button>
      </Empty>
    </div>
  );
}
