/** Whom a campaign is for: everybody, or some by rules; and how many those are just now. */

import { useEffect, useRef, useState } from "preact/hooks";

import { cross, Icon, plus } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { numberOf } from "../chart/numbers.ts";
import { languageName } from "../settings/names.ts";
import { language } from "../ui.tsx";
import { Popover } from "../window/popover.tsx";
import { Box, Cards } from "./cards.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { DAYS_MOST, type Form, type Whom } from "./form.ts";
import type { Audience, Reach } from "./rest.ts";
import * as rest from "./rest.ts";

const TYPED_MS = 400;
const USUAL_DAYS = 7;
type Rule = "languages" | "groups" | "since";
const RULES: readonly Rule[] = ["languages", "groups", "since"];

interface Props {
  shop: string;
  form: Form;
  languages: readonly string[];
  /** As counted last. */
  reach: Reach | null;
  /** Whether that is of this audience. */
  counted: boolean;
  /** Of whoever composes; null: not known yet. */
  browsers: number | null;
  /** `of`: the audience, as `askedOf` says it. */
  onReach(reach: Reach | null, of: string): void;
  onChange(given: Partial<Form>): void;
}

/** The audience that is counted for the form. */
export const askedOf = (form: Form) => JSON.stringify(form.whom === "some" ? form.audience : {});

export function AudienceFields({ shop, form, languages, reach, counted, browsers, onReach, onChange }: Props) {
  const texts = COMPOSE[language.value];
  const asked = askedOf(form);
  useEffect(() => {
    let here = true;
    const timer = setTimeout(() => rest.reach(shop, JSON.parse(asked) as Audience).then((found) => here && onReach(found, asked), () => here && onReach(null, asked)), TYPED_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [shop, asked]);
  const [before, after] = texts.of.split("{n}");
  const said = reach && form.whom !== "me" && <>{before}<b class="pu-n">{counted ? numberOf(reach.count) : "…"}</b>{fill(after ?? "", { all: numberOf(reach.of) })}</>;
  return (
    <div class="pu-f">
      <Cards<Whom> label={texts.audience} value={form.whom} onChange={(whom) => onChange({ whom })} end={<span class="meta" role="status">{said}</span>} cards={[
        { value: "everyone", label: texts.everyone, hint: reach ? numberOf(reach.of) : " " },
        { value: "some", label: texts.some, hint: texts.someHint },
        { value: "me", label: texts.me, hint: browsers === null ? texts.meHint : plural(language.value, browsers, texts.meIn) },
      ]} />
      {form.whom === "some" && <Rules audience={form.audience} known={knownOf(reach, languages)} onChange={(changed) => onChange({ audience: changed })} />}
      {form.whom === "some" && counted && reach?.count === 0 && <p class="err" role="alert">{texts.nobody}</p>}
    </div>
  );
}

/** What can be chosen, with how many subscribers have it. */
interface Known { languages: { value: string; count: number }[]; groups: { value: string; count: number }[] }

/** A rule for a language is for all its regions. */
const baseOf = (tag: string) => tag.split("-")[0]!;

function knownOf(reach: Reach | null, languages: readonly string[]): Known {
  const counted = new Map(reach?.languages.map((each) => [each.language, each.count]));
  return {
    languages: [...new Set([...languages.map(baseOf), ...counted.keys()])].map((value) => ({ value, count: counted.get(value) ?? 0 })),
    groups: (reach?.groups ?? []).map((each) => ({ value: each.group, count: each.count })),
  };
}

function Rules({ audience, known, onChange }: { audience: Audience; known: Known; onChange(audience: Audience): void }) {
  const texts = COMPOSE[language.value];
  const [open, setOpen] = useState<Rule | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const last = useRef<Rule | null>(null);
  useEffect(() => {
    box.current?.querySelector("[role=dialog]")?.scrollIntoView({ block: "nearest" });
    // The button that opened it may have made room for another.
    if (open === null && document.activeElement === document.body) box.current?.querySelector<HTMLElement>(`[data-rule=${last.current}]`)?.focus();
    last.current = open;
  }, [open]);
  const shown = RULES.filter((rule) => isSet(audience, rule) || rule === open);
  return (
    <div ref={box} class="pu-rules" role="group" aria-label={texts.rules}>
      {shown.map((rule) => (
        <span key={rule} class="pu-rule">
          <button type="button" class="fl on" data-rule={rule} aria-expanded={rule === open} onClick={() => setOpen(rule === open ? null : rule)}>{texts[rule]} <span class="v">{ruleWords(audience, rule)}</span></button>
          <button type="button" class="ib" aria-label={fill(texts.remove, { rule: texts[rule] })} onClick={() => { setOpen(null); onChange(without(audience, rule)); }}><Icon d={cross} size={14} /></button>
          {rule === open && (
            <Popover label={texts[rule]} place="from-top" onClose={() => setOpen(null)}>
              <div class="pu-choices">
                {rule === "since"
                  ? <Since audience={audience} onChange={onChange} />
                  : <Choices of={rule} audience={audience} known={known[rule]} onChange={onChange} />}
                <button type="button" class="btn sm" onClick={() => setOpen(null)}>{texts.close}</button>
              </div>
            </Popover>
          )}
        </span>
      ))}
      {RULES.filter((rule) => !shown.includes(rule)).map((rule) => (
        <button key={rule} type="button" class="btn quiet" data-rule={rule} aria-expanded={false} aria-label={fill(texts.add, { rule: texts[rule] })} onClick={() => { if (rule === "since") onChange({ ...audience, older_than_days: USUAL_DAYS }); setOpen(rule); }}>
          <Icon d={plus} />{texts[rule]}
        </button>
      ))}
    </div>
  );
}

function isSet(audience: Audience, rule: Rule): boolean {
  return rule === "since" ? audience.older_than_days !== undefined || audience.newer_than_days !== undefined : (audience[rule] ?? []).length > 0;
}

function without(audience: Audience, rule: Rule): Audience {
  const { languages, groups, older_than_days, newer_than_days } = audience;
  return {
    ...(rule !== "languages" && languages ? { languages } : {}), ...(rule !== "groups" && groups ? { groups } : {}),
    ...(rule !== "since" && older_than_days !== undefined ? { older_than_days } : {}), ...(rule !== "since" && newer_than_days !== undefined ? { newer_than_days } : {}),
  };
}

const nameOf = (rule: "languages" | "groups", value: string) => (rule === "languages" ? languageName(language.value, value) : value);

function ruleWords(audience: Audience, rule: Rule): string {
  const texts = COMPOSE[language.value];
  if (rule === "since") {
    const { older_than_days: older, newer_than_days: newer } = audience;
    return [older && plural(language.value, older, texts.over), newer && plural(language.value, newer, texts.within)].filter(Boolean).join(", ");
  }
  return (audience[rule] ?? []).map((value) => nameOf(rule, value)).join(", ") || texts.pick;
}

function Choices({ of, audience, known, onChange }: { of: "languages" | "groups"; audience: Audience; known: Known["groups"]; onChange(audience: Audience): void }) {
  const chosen = audience[of] ?? [];
  const all = [...known, ...chosen.filter((value) => !known.some((each) => each.value === value)).map((value) => ({ value, count: 0 }))];
  const turn = (value: string, on: boolean) => {
    const now = all.map((each) => each.value).filter((each) => (each === value ? on : chosen.includes(each)));
    onChange(now.length ? { ...audience, [of]: now } : without(audience, of));
  };
  if (all.length === 0) return <p class="muted">{COMPOSE[language.value].noGroups}</p>;
  return <>{all.map(({ value, count }) => <Box key={value} on={chosen.includes(value)} onChange={(on) => turn(value, on)}>{nameOf(of, value)} <span class="meta">{numberOf(count)}</span></Box>)}</>;
}

function Since({ audience, onChange }: { audience: Audience; onChange(audience: Audience): void }) {
  const texts = COMPOSE[language.value];
  const isNew = audience.newer_than_days !== undefined;
  const days = audience.newer_than_days ?? audience.older_than_days ?? USUAL_DAYS;
  const set = (newer: boolean, count: number) => {
    if (Number.isInteger(count) && count >= 1 && count <= DAYS_MOST) onChange({ ...without(audience, "since"), [newer ? "newer_than_days" : "older_than_days"]: count });
  };
  return (
    <div class="row">
      <select aria-label={texts.since} value={isNew ? "newer" : "older"} onChange={(event) => set(event.currentTarget.value === "newer", days)}>
        <option value="older">{texts.olderThan}</option><option value="newer">{texts.newerThan}</option>
      </select>
      <input class="in" type="number" inputMode="numeric" min={1} max={DAYS_MOST} value={days} aria-label={texts.daysAgo} onInput={(event) => set(isNew, event.currentTarget.valueAsNumber)} />
      <span class="muted">{texts.daysAgo}</span>
    </div>
  );
}
