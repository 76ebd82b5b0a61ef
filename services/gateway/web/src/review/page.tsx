/** The page as it stands: loading, the form, what was sent, or why there is none. */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { fill, pickLanguage, plural } from "../shared/language.ts";
import { type Draft, emptyDraft, forgetDrafts, keepDraft, newId, readDraft, type Typed } from "./draft.ts";
import { nameOf, ReviewForm } from "./form.tsx";
import { type Form, LinkOver, look, send } from "./rest.ts";
import { Notice, Sent } from "./sent.tsx";
import { texts } from "./texts.ts";

type Stage = "loading" | "form" | "sending" | "sent" | "over" | "failed";

/** `stars`: chosen in the mail already, for the link's one product; 0: none. */
export function Page({ token, stars }: { token: string; stars: number }) {
  const [stage, setStage] = useState<Stage>("loading");
  const [form, setForm] = useState<Form | null>(null);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [sent, setSent] = useState<Record<string, Typed>>({});
  const [wrong, setWrong] = useState<Set<string>>(new Set());
  const [problem, setProblem] = useState("");
  const main = useRef<HTMLElement>(null);
  const language = pickLanguage(form?.language, navigator.language);
  const t = texts[language];

  const load = useCallback(() => {
    setStage("loading");
    forgetDrafts(Date.now());
    look(token).then(
      (found) => {
        setForm(found);
        const draft = withStars(readDraft(found), found, stars);
        setDraft(draft);
        keepDraft(found, token, draft);
        // Loaded again, it is what was chosen since that holds.
        if (stars) history.replaceState(null, "", `#${token}`);
        setStage("form");
      },
      (error: unknown) => {
        if (error instanceof LinkOver) forgetDrafts(Date.now(), token);
        setStage(error instanceof LinkOver ? "over" : "failed");
      },
    );
  }, [token, stars]);
  useEffect(load, [load]);

  const open = useMemo(() => form?.items.filter((product) => !product.written) ?? [], [form]);
  const rated = open.filter((product) => draft.typed[product.sku]?.stars);
  const finished = stage === "form" && form !== null && open.length === 0;
  const title = stage === "over" ? t.over : stage === "failed" ? t.failed : stage === "sent" ? t.thanks : finished ? t.all : form && form.items.length > 1 ? t.title : t.titleOne;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = form ? `${title} · ${form.shop_name}` : title;
  }, [language, title, form]);
  useEffect(() => {
    if (["sent", "over", "failed"].includes(stage)) main.current?.querySelector<HTMLElement>("h1")?.focus();
  }, [stage]);

  const type = (sku: string, typed: Typed) => {
    if (!form) return;
    const next = { id: newId(), typed: { ...draft.typed, [sku]: typed } };
    setDraft(next);
    keepDraft(form, token, next);
    setWrong(new Set([...wrong].filter((each) => each !== sku || !typed.stars)));
    setProblem("");
  };

  const refuse = (skus: string[], why: string) => {
    setWrong(new Set(skus));
    setProblem(why);
    const first = form?.items.findIndex((product) => product.sku === skus[0]) ?? -1;
    main.current?.querySelector<HTMLElement>(`input[name="p${first}"]`)?.focus();
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!form || stage === "sending") return;
    const starless = open.filter((product) => draft.typed[product.sku]?.text.trim() && !draft.typed[product.sku]?.stars);
    if (starless[0]) return refuse(starless.map((product) => product.sku), fill(t.chooseFor, { product: nameOf(starless[0]) }));
    if (!rated.length && open[0]) {
      return refuse([open[0].sku], open.length === 1 ? fill(t.chooseFor, { product: nameOf(open[0]) }) : t.chooseAny);
    }
    setStage("sending");
    setProblem("");
    try {
      const reviews = rated.map(({ sku }) => ({ sku, stars: draft.typed[sku]?.stars ?? 0, text: draft.typed[sku]?.text.trim() ?? "" }));
      took(await send(token, draft.id, form.language, reviews), form);
    } catch (error) {
      if (error instanceof LinkOver) return setStage("over");
      keptBack();
      setStage("form");
    }
  };

  /** It is said over the products, which may be many. */
  const keptBack = () => {
    setProblem(t.kept);
    scrollTo(0, 0);
  };

  /** Those that are there now go out of the draft; what was not taken stays in it. */
  const took = (there: Set<string>, form: Form) => {
    const left = Object.entries(draft.typed).filter(([sku]) => !there.has(sku));
    const next = { id: newId(), typed: Object.fromEntries(left) };
    setSent(Object.fromEntries(Object.entries(draft.typed).filter(([sku]) => there.has(sku))));
    setForm({ ...form, items: form.items.map((product) => (there.has(product.sku) ? { ...product, written: true } : product)) });
    setDraft(next);
    keepDraft(form, token, next);
    const all = rated.every(({ sku }) => there.has(sku));
    if (!all) keptBack();
    setStage(all ? "sent" : "form");
  };

  const header = form && (
    <header style={form.header.background ? { background: form.header.background, color: form.header.text || "#ffffff" } : {}}>{form.shop_name}</header>
  );
  return (
    <form class="page" noValidate onSubmit={submit}>
      {header}
      <main ref={main} aria-busy={stage === "loading"}>
        {stage === "over" && <Notice title={t.over} hint={t.overHint} />}
        {stage === "failed" && <Notice title={t.failed} hint={t.failedHint} />}
        {finished && <Notice title={t.all} hint={t.allHint} />}
        {form && !finished && (stage === "form" || stage === "sending") && (
          <ReviewForm form={form} language={language} typed={draft.typed} wrong={wrong} problem={problem} onType={type} />
        )}
        {form && stage === "sent" && <Sent form={form} language={language} sent={sent} />}
      </main>
      {stage === "failed" && <footer><button type="button" class="primary" onClick={load}>{t.again}</button></footer>}
      {stage === "sent" && open.length > 0 && (
        <footer>
          <button type="button" onClick={() => setStage("form")}>{open.length === 1 && open[0] ? fill(t.another, { product: open[0].name }) : t.others}</button>
        </footer>
      )}
      {form && !finished && (stage === "form" || stage === "sending") && (
        <footer>
          <button class="primary" aria-disabled={stage === "sending"}>
            {stage === "sending" ? t.sending : rated.length ? plural(language, rated.length, t.sendMany) : t.send}
          </button>
        </footer>
      )}
    </form>
  );
}

/** What the mail was tapped for holds, whatever was chosen before. */
function withStars(draft: Draft, form: Form, stars: number): Draft {
  const [product, another] = form.items.filter((each) => !each.written);
  if (!stars || !product || another) return draft;
  return { id: newId(), typed: { ...draft.typed, [product.sku]: { text: draft.typed[product.sku]?.text ?? "", stars } } };
}
