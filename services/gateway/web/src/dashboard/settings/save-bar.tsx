/** The bar at the foot of the settings: what is not saved, the saving, and how it went. */

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { check, cross, Icon, info, noSignal, people, warning } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { Notice, type Tone } from "../parts.tsx";
import { addressOf } from "../route.ts";
import { language, t } from "../ui.tsx";
import type { Path } from "./changes.ts";
import * as draft from "./draft.ts";
import { namesOfPaths } from "./names.ts";
import { PARTS, partOf } from "./registry.ts";
import { SETTINGS } from "./texts.ts";

/** How long what went well stands there. */
const TOLD_MS = 10_000;

export function SaveBar() {
  const outcome = draft.outcome.value;
  const changed = draft.changed.value;
  const well = outcome?.name === "saved" && outcome.missing.length === 0;
  useEffect(() => {
    if (!well) return;
    const timer = setTimeout(() => draft.outcome.value === outcome && draft.dismiss(), TOLD_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  if (!outcome && changed.length === 0) return null;
  return (
    <div class="saving" data-focus-to-page>
      {outcome && outcome.name !== "saving" && <Told outcome={outcome} />}
      {changed.length > 0 && <Unsaved changed={changed} busy={outcome?.name === "saving"} />}
    </div>
  );
}

function Unsaved({ changed, busy }: { changed: readonly Path[]; busy: boolean }) {
  const texts = SETTINGS[language.value];
  const names = namesOfPaths(language.value, changed);
  return (
    <div class="savebar">
      <Icon d={info} size={18} />
      <p class="grow" role="status"><b>{plural(language.value, names.length, texts.unsaved)}</b><span class="names">{fill(texts.unsavedNames, { what: names.join(", ") })}</span></p>
      <button class="btn" aria-disabled={busy} onClick={() => !busy && draft.discard()}>{texts.discard}</button>
      <button class="btn go" data-save aria-disabled={busy} onClick={() => void draft.save()}>
        {busy ? <><i class="spin" />{texts.saving}</> : <>{texts.save}<kbd class="wide-only">Ctrl S</kbd></>}
      </button>
    </div>
  );
}

function Told({ outcome }: { outcome: Exclude<draft.Outcome, { name: "saving" }> }) {
  const texts = SETTINGS[language.value];
  const named = (paths: readonly Path[]) => namesOfPaths(language.value, paths).join(", ");
  switch (outcome.name) {
    case "saved":
      return (
        <Line tone={outcome.missing.length ? "brass" : "green"} icon={outcome.missing.length ? warning : check} action={<button class="btn sm" onClick={() => void draft.undo()}>{texts.undo}</button>}>
          {outcome.missing.length ? fill(texts.savedMissing, { what: named(outcome.missing) }) : texts.saved}
        </Line>
      );
    case "failed":
      return <Line tone="red" icon={outcome.why === "unreachable" ? noSignal : warning} action={<button class="btn sm" onClick={() => void draft.save()}>{texts.tryAgain}</button>}>{texts.failed[outcome.why]}</Line>;
    case "refused":
      return <Line tone="red">{fill(texts.refused, { what: named([outcome.field]) })} <Where path={outcome.field} /> <span lang="en">{outcome.detail}</span></Line>;
    case "colleague":
      return (
        <Line tone="blue" icon={people}>
          {texts.colleague} {outcome.clashing.length > 0 && fill(texts.clashing, { what: named(outcome.clashing) })}{" "}
          {PARTS.some((part) => part.name === "changes") && <a href={addressOf("settings", "changes")}>{texts.seeWhat}</a>}
        </Line>
      );
  }
}

/** The part in which a member is edited. */
function Where({ path }: { path: Path }) {
  const part = partOf(path);
  return part ? <a href={addressOf("settings", part.name)}>{part.title[language.value]}</a> : null;
}

function Line({ tone, icon, action, children }: { tone: Tone; icon?: string; action?: ComponentChildren; children: ComponentChildren }) {
  const close = <button class="ib" aria-label={t().close} onClick={draft.dismiss}><Icon d={cross} /></button>;
  return <Notice tone={tone} {...(icon ? { icon } : {})} action={<>{action}{close}</>}>{children}</Notice>;
}
