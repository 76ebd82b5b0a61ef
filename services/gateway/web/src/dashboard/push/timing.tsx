/** When a campaign goes out. */

import { useId } from "preact/hooks";

import { fill } from "../../shared/language.ts";
import { language } from "../ui.tsx";
import { Box, Cards } from "./cards.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { momentOf, type Flaw, type Form, type Timing as Chosen } from "./form.ts";
import { Said } from "./words.tsx";

export function Timing({ form: { timing }, zone, flaw, onChange }: { form: Form; zone: string; flaw: Flaw | undefined; onChange(given: Partial<Form>): void }) {
  const texts = COMPOSE[language.value];
  const id = useId();
  const set = (given: Partial<Chosen>) => onChange({ timing: { ...timing, ...given } });
  const invalid = flaw !== undefined;
  return (
    <div class="pu-f">
      <Cards<Chosen["kind"]> label={texts.when} value={timing.kind} onChange={(kind) => set({ kind })} cards={[
        { value: "now", label: texts.now, hint: texts.nowHint },
        { value: "at", label: timing.kind === "at" ? dayAndTime(timing, zone) ?? texts.at : texts.at, hint: timing.local ? texts.local : fill(texts.byShop, { zone }) },
        { value: "later", label: texts.later, hint: texts.laterHint },
      ]} />
      {timing.kind === "at" && (
        <div class="card pu-pad pu-at">
          <label class="b5">{texts.date}<input class="in" type="date" value={timing.date} aria-invalid={invalid} aria-describedby={id} onInput={(event) => set({ date: event.currentTarget.value })} /></label>
          <label class="b5">{texts.time}<input class="in" type="time" value={timing.time} aria-invalid={invalid} aria-describedby={id} onInput={(event) => set({ time: event.currentTarget.value })} /></label>
          <div class="pu-local"><Box on={timing.local} onChange={(local) => set({ local })}>{texts.local}</Box>{!timing.local && <span class="meta">{fill(texts.byShop, { zone })}</span>}</div>
          <Said id={id} flaw={flaw && texts.flaws[flaw]} />
        </div>
      )}
    </div>
  );
}

/** `Mon 23 Nov, 09:00`, by the shop's clock. */
function dayAndTime(timing: Chosen, zone: string): string | null {
  if (momentOf(timing, zone) === null) return null;
  const day = new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : language.value, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return `${day.format(new Date(`${timing.date}T00:00:00Z`))}, ${timing.time}`;
}
