/** Invitations: rules by which the widget asks of its own accord whether somebody wants to talk. */

import "./invitations.css";

import { useEffect, useId, useState } from "preact/hooks";

import { bell, down, Icon, plus, trash, up } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { Empty, language } from "../../ui.tsx";
import { change, flaw } from "../draft.ts";
import { Flaw, NumberLine, SwitchLine, TextLine } from "../fields.tsx";
import { newId, newName } from "../ids.ts";
import type { PartProps } from "../registry.ts";
import type { Invitation } from "../shop-settings.ts";
import { TextsEditor } from "../texts-editor.tsx";
import { amountOf, isPage } from "./rules.ts";
import { INVITATIONS } from "./texts.ts";

/** As many as the gateway takes. */
const MOST = 20;
const LONGEST_WAIT_S = 3_600;
/** What staff's own invitations are called. */
const TAKEN_IDS = ["operator"];

export function InvitationsPart({ settings }: PartProps) {
  const texts = INVITATIONS[language.value];
  const { invitations } = settings;
  const [chosen, setChosen] = useState<string | null>(null);
  const put = (next: Invitation[]) => change({ invitations: next });
  const add = () => {
    const name = newName(texts.unnamed, invitations.map((each) => each.name));
    const id = newId(name, "invitation", [...TAKEN_IDS, ...invitations.map((each) => each.id)]);
    put([...invitations, { id, name, on: true, after: 30, page: "", cart: null, text: {} }]);
    setChosen(id);
  };
  const at = invitations.findIndex((each) => each.id === chosen);
  return (
    <div class="sform invitations-part">
      <header class="row">
        <div class="grow"><h2>{texts.title}</h2><p class="about">{texts.hint}</p></div>
        {invitations.length < MOST && <button class="btn" onClick={add}><Icon d={plus} />{texts.add}</button>}
      </header>
      {invitations.length === 0
        ? <div class="card"><Empty icon={bell} title={texts.none} hint={texts.noneHint} /></div>
        : (
          <ol class="card rules" aria-label={texts.title}>
            {invitations.map((each, place) => (
              <Rule key={each.id} invitation={each} chosen={each.id === chosen} first={place === 0} last={place === invitations.length - 1}
                onChoose={() => setChosen(each.id === chosen ? null : each.id)} onMove={(by) => put(swapped(invitations, place, place + by))}
                onToggle={(on) => put(invitations.map((one) => (one === each ? { ...each, on } : one)))} />
            ))}
          </ol>
        )}
      {at >= 0 && (
        <Editor key={chosen!} invitation={invitations[at]!} path={`invitations.${at}`} languages={settings.languages}
          onChange={(next) => put(invitations.map((each, place) => (place === at ? next : each)))}
          onRemove={() => { put(invitations.filter((_, place) => place !== at)); setChosen(null); }} />
      )}
    </div>
  );
}

function swapped(all: readonly Invitation[], one: number, other: number): Invitation[] {
  const next = [...all];
  [next[one], next[other]] = [all[other]!, all[one]!];
  return next;
}

interface RuleProps { invitation: Invitation; chosen: boolean; first: boolean; last: boolean; onChoose(): void; onMove(by: number): void; onToggle(on: boolean): void }

function Rule({ invitation, chosen, first, last, onChoose, onMove, onToggle }: RuleProps) {
  const texts = INVITATIONS[language.value];
  const { name, on } = invitation;
  return (
    <li class={chosen ? "line sel" : "line"}>
      <span class="grow"><button class="textlink" aria-expanded={chosen} onClick={onChoose}>{name}</button><span class="d">{conditionsOf(invitation)}</span></span>
      <button class="ib wide-only" disabled={first} aria-label={fill(texts.earlier, { name })} onClick={() => onMove(-1)}><Icon d={up} /></button>
      <button class="ib wide-only" disabled={last} aria-label={fill(texts.later, { name })} onClick={() => onMove(1)}><Icon d={down} /></button>
      <button class="sw-row" role="switch" aria-checked={on} aria-label={fill(texts.inUse, { name })} onClick={() => onToggle(!on)}><span class={`sw ${on ? "on" : ""}`} aria-hidden="true" /></button>
    </li>
  );
}

/** `After 30 s, on /glazes/*, with a cart worth 50 or more`. */
function conditionsOf({ after, page, cart }: Invitation): string {
  const texts = INVITATIONS[language.value];
  const parts = [fill(texts.afterSeconds, { n: after }), page ? fill(texts.onPage, { page }) : texts.onAnyPage];
  if (cart !== null) parts.push(fill(texts.withCart, { n: new Intl.NumberFormat(language.value).format(cart) }));
  return parts.join(", ");
}

interface EditorProps { invitation: Invitation; path: string; languages: readonly string[]; onChange(invitation: Invitation): void; onRemove(): void }

function Editor({ invitation, path, languages, onChange, onRemove }: EditorProps) {
  const texts = INVITATIONS[language.value];
  const id = useId();
  const set = (given: Partial<Invitation>) => onChange({ ...invitation, ...given });
  const { name, on, after, page, text } = invitation;
  const silent = !Object.values(text).some((each) => each.trim());
  return (
    <section aria-labelledby={id}>
      <div class="row"><h2 id={id} class="grow cut">{name}</h2><button class="btn sm quiet danger-ink" onClick={onRemove}><Icon d={trash} size={14} />{texts.remove}</button></div>
      <div class="card">
        <TextLine label={texts.name} hint={texts.nameHint} value={name} most={80} flaw={name.trim() ? flaw(`${path}.name`) : texts.noName} onChange={(next) => set({ name: next })} />
        <SwitchLine label={texts.on} hint={texts.onHint} on={on} onChange={(next) => set({ on: next })} />
        <NumberLine label={texts.after} hint={texts.afterHint} value={after} least={0} most={LONGEST_WAIT_S} unit={texts.seconds} onChange={(next) => set({ after: next })} />
        <TextLine label={texts.page} hint={texts.pageHint} value={page} most={300} keys="url" flaw={isPage(page) ? flaw(`${path}.page`) : texts.badPage} onChange={(next) => set({ page: next.trim() })} />
        <Cart value={invitation.cart} onChange={(cart) => set({ cart })} />
      </div>
      <div class="card what-it-says">
        <TextsEditor languages={languages} fields={[
          { label: texts.text, hint: texts.textHint, value: text, most: 300, long: true, flaw: silent ? texts.noText : flaw(`${path}.text`), onChange: (next) => set({ text: next }) },
        ]} />
      </div>
    </section>
  );
}

/** What is typed and no amount is marked, changes nothing, and is put right when the field is left. */
function Cart({ value, onChange }: { value: number | null; onChange(value: number | null): void }) {
  const texts = INVITATIONS[language.value];
  const id = useId();
  const shown = value === null ? "" : String(value);
  const [typed, setTyped] = useState(shown);
  const amount = amountOf(typed);
  // Discarded, or a colleague's: `50,0` is the same amount, and stays as it is written.
  useEffect(() => {
    if (amountOf(typed) !== value) setTyped(shown);
  }, [value]);
  return (
    <div class="line">
      <span class="grow"><label class="b5" for={id}>{texts.cart}</label><span class="d" id={`${id}h`}>{texts.cartHint}</span>{amount === undefined && <Flaw id={`${id}f`}>{texts.badCart}</Flaw>}</span>
      <input id={id} class="in short" inputMode="decimal" maxLength={14} value={typed} aria-invalid={amount === undefined} aria-describedby={`${id}h ${id}f`}
        onBlur={() => amount === undefined && setTyped(shown)}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          const next = amountOf(event.currentTarget.value);
          if (next !== undefined) onChange(next);
        }} />
    </div>
  );
}
