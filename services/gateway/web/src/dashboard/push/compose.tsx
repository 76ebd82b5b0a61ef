/** Composing a campaign: the form beside what subscribers will see; the draft keeps itself. */

import { useEffect, useRef, useState } from "preact/hooks";

import { back, clock, Icon, sendUp } from "../../shared/icons.tsx";
import { fill, plural } from "../../shared/language.ts";
import { numberOf } from "../chart/numbers.ts";
import { Dialog, Notice } from "../parts.tsx";
import { PREFERENCES } from "../preferences/texts.ts";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Ago, language, now } from "../ui.tsx";
import { askedOf, AudienceFields } from "./audience.tsx";
import { COMPOSE } from "./compose-texts.ts";
import { Delivery } from "./delivery.tsx";
import { contentOf, flawsOf, formOf, freshForm, isKeepable, whenOf, type Flaws } from "./form.ts";
import { refusalOf, useDraft, type Draft, type Standing } from "./keeping.ts";
import { Preview } from "./preview.tsx";
import type { Campaign, Figures, Reach } from "./rest.ts";
import * as rest from "./rest.ts";
import { SendAsks } from "./send-asks.tsx";
import { PUSH } from "./texts.ts";
import { Timing } from "./timing.tsx";
import { Words } from "./words.tsx";

interface Props {
  shop: string;
  /** Null: a new one. */
  campaign: Campaign | null;
  languages: readonly string[];
  /** Of the shop. */
  zone: string;
  /** It is a draft no longer. */
  onSent(id: string): void;
}

type Asking = "send" | "discard" | null;
type Told = { tone: "green" | "red" | "brass"; text: string } | null;

export function Compose({ shop, campaign, languages, zone, onSent }: Props) {
  const texts = COMPOSE[language.value];
  const [start] = useState(() => {
    const fresh = freshForm(zone, Date.now());
    return campaign ? formOf(campaign, fresh) : fresh;
  });
  // The address names it from then on: what is read again is this draft.
  const draft = useDraft(shop, campaign, start, languages, (id) => location.hash === addressOf("push", "new") && history.replaceState(null, "", addressOf("push", id)));
  const { form, change } = draft;
  // A language that the shop has no longer may stand in a draft.
  const tags = [...new Set([...languages, ...Object.keys(start.notices)])];
  const [tag, setTag] = useState(() => languages.find((each) => form.notices[each]?.subject) ?? languages[0] ?? "en");
  const [found, setFound] = useState<{ reach: Reach | null; of: string }>({ reach: null, of: "" });
  const [flaws, setFlaws] = useState<Flaws>({});
  /** What the gateway said against it when it was to go out. */
  const [refused, setRefused] = useState<Standing | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const [told, setTold] = useState<Told>(null);
  const [busy, setBusy] = useState(false);
  const [figures, setFigures] = useState<Figures | null>(null);
  useEffect(() => void rest.figures(shop).then(setFigures, () => {}), [shop]);
  const box = useRef<HTMLElement>(null);
  const counted = found.of === askedOf(form);
  const reach = counted ? found.reach : null;

  const fix = (given: Partial<typeof form>) => {
    setTold(null);
    setFlaws({});
    setRefused(null);
    change(given);
  };
  useEffect(() => {
    if (Object.keys(flaws).length) box.current?.querySelector<HTMLElement>("input[aria-invalid=true]")?.focus();
  }, [flaws]);
  /** Keeps the draft, then does something with it. */
  const run = async (deed: (id: string) => Promise<Told>) => {
    if (busy) return;
    setBusy(true);
    setTold(null);
    const id = await draft.keep();
    setTold(id === null ? { tone: "red", text: texts.notSent } : await deed(id).catch((failure: unknown) => {
      // A colleague was first.
      if (failure instanceof Failure && failure.problem.code === "conflict") onSent(id);
      setRefused(refusalOf(failure));
      return toldOf(failure);
    }));
    setBusy(false);
  };
  // The language that is looked at, if something stands in it.
  const written = form.notices[tag]?.subject.trim() ? tag : Object.keys(contentOf(form, languages).notices)[0] ?? tag;
  const isRight = () => {
    const found = flawsOf(form, zone, Date.now());
    setFlaws(found);
    return Object.keys(found).length === 0;
  };
  /** Only what a draft needs itself: whatever else is missing can wait. */
  const isDraft = () => {
    if (isKeepable(contentOf(form, languages))) return true;
    setFlaws({ subject: "noSubject" });
    return false;
  };
  const test = () => isRight() && void run(async (id) => ({ tone: "green", text: plural(language.value, (await rest.test(shop, id, written)).browsers, texts.tested) }));
  const send = () => run(async (id) => {
    await rest.schedule(shop, id, whenOf(form.timing, zone));
    draft.leave();
    onSent(id);
    return null;
  }).finally(() => setAsking(null));
  const discard = () => draft.discard().then(() => (location.hash = addressOf("push")), (failure: unknown) => { setAsking(null); setTold(toldOf(failure)); });
  const go = () => {
    if (!isRight()) return;
    if (form.timing.kind === "now") setAsking("send");
    else void send();
  };
  const count = reach ? numberOf(reach.count) : "…";
  return (
    <main ref={box} class="pu-two" tabIndex={-1}>
      <form class="pu-form" noValidate onSubmit={(event) => event.preventDefault()}>
        <div class="pu-fields">
          <header class="row">
            <a class="ib lg" href={addressOf("push")} aria-label={PUSH[language.value].back}><Icon d={back} size={18} /></a>
            <h2 class="grow">{campaign ? texts.edit : texts.title}</h2>
            <Keeping standing={draft.standing} />
          </header>
          <Words shop={shop} form={form} tag={tag} languages={tags} flaws={flaws} refused={refused?.name === "refused" ? refused : draft.standing} onTag={setTag} onChange={fix} />
          <AudienceFields shop={shop} form={form} languages={languages} onReach={(reached, of) => setFound({ reach: reached ?? found.reach, of })} reach={found.reach} counted={counted} browsers={figures?.browsers ?? null} onChange={fix} />
          {form.whom !== "me" && <Timing form={form} zone={zone} flaw={flaws.timing} onChange={fix} />}
          <Delivery form={form} onChange={fix} />
        </div>
        {told && <Notice tone={told.tone}>{told.text}</Notice>}
        <footer class="row">
          {form.whom === "me"
            ? <button type="button" class="btn primary" aria-disabled={busy} onClick={test}><Icon d={sendUp} />{texts.test}</button>
            : form.timing.kind === "later"
              ? <button type="button" class="btn primary" data-save aria-disabled={busy} onClick={() => isDraft() && void run(async () => { location.hash = addressOf("push"); return null; })}>{texts.keep}</button>
              : <button type="button" class="btn primary" aria-disabled={busy || reach?.count === 0} onClick={() => reach?.count !== 0 && go()}>
                  <Icon d={form.timing.kind === "at" ? clock : sendUp} />{fill(form.timing.kind === "at" ? texts.schedule : texts.send, { n: count })}
                </button>}
          {form.whom !== "me" && <button type="button" class="btn" aria-disabled={busy} onClick={test}>{texts.test}</button>}
          <button type="button" class="btn quiet ends" onClick={() => setAsking("discard")}>{texts.discard}</button>
        </footer>
      </form>
      <Preview form={form} tag={tag} languages={tags} icon={figures && figures.icon} onTag={setTag} />
      {asking === "send" && (
        <SendAsks shop={shop} content={contentOf(form, languages)} count={reach?.count ?? null} busy={busy} onSend={() => void send()} onClose={() => setAsking(null)} />
      )}
      {asking === "discard" && (
        <Dialog role="alertdialog" title={texts.discardSure} onClose={() => setAsking(null)}>
          <p class="muted">{texts.discardHint}</p>
          <div class="row">
            <button class="btn danger" onClick={() => void discard()}>{texts.discardYes}</button>
            <button class="btn safe" onClick={() => setAsking(null)}>{texts.discardNo}</button>
          </div>
        </Dialog>
      )}
    </main>
  );
}

function toldOf(failure: unknown): Told {
  const texts = COMPOSE[language.value];
  if (!(failure instanceof Failure)) return { tone: "red", text: texts.notSent };
  if (failure.problem.code === "no_browser") return { tone: "brass", text: fill(texts.noBrowser, { switch: PREFERENCES[language.value].push }) };
  if (failure.problem.code === "push_off") return { tone: "brass", text: PUSH[language.value].offShort };
  if (failure.status === 429) return { tone: "red", text: texts.often };
  return { tone: "red", text: (failure.status === 422 && failure.problem.detail) || texts.notSent };
}

function Keeping({ standing }: { standing: Draft["standing"] }) {
  const texts = COMPOSE[language.value];
  return <span class={`meta pu-kept ${standing.name === "refused" ? "red-ink" : ""}`} role="status"><KeptWords standing={standing} texts={texts} /></span>;
}

const JUST_MS = 5_000;

function KeptWords({ standing, texts }: { standing: Standing; texts: (typeof COMPOSE)["en"] }) {
  if (standing.name === "refused") return <>{fill(texts.refused, { why: standing.detail })}</>;
  if (standing.name !== "kept") return <>{texts[standing.name]}</>;
  if (now.value - Date.parse(standing.at) < JUST_MS) return <>{texts.keptNow}</>;
  const [before, after] = texts.kept.split("{ago}");
  return <>{before}<Ago key={standing.at} at={standing.at} />{after}</>;
}
