/** A test mail, and what became of it. */

import { useEffect, useState } from "preact/hooks";

import { Icon, mail as mailIcon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { sendTest, testMail, type TestMail as Test } from "../../guide/rest.ts";
import { Notice } from "../../parts.tsx";
import { Failure } from "../../rest.ts";
import { language } from "../../ui.tsx";
import { changed, saved } from "../draft.ts";
import { Section } from "../fields.tsx";
import { MAIL, type MailTexts } from "./texts.ts";

const LOOK_MS = 1_000;

type State = { test: Test; to: string } | { trouble: "tooMany" | "notSent" | "noAddress" } | null;

export function TestMail({ shop }: { shop: string }) {
  const texts = MAIL[language.value];
  const [state, setState] = useState<State>(null);
  const [busy, setBusy] = useState(false);
  const mail = saved.value?.settings.mail;
  const to = mail?.notify || mail?.reply_to || "";
  const dirty = changed.value.some((path) => path.startsWith("mail."));
  const under = state && "test" in state ? state.test : null;
  useEffect(() => {
    if (!under || (under.status !== "pending" && under.status !== "sending")) return;
    const timer = setTimeout(() => {
      const again = (test: Test) => setState((before) => (before && "test" in before ? { ...before, test } : before));
      testMail(shop, under.id).then(again, () => again({ ...under }));
    }, LOOK_MS);
    return () => clearTimeout(timer);
  }, [under]);
  const send = async () => {
    setBusy(true);
    await sendTest(shop).then((test) => setState({ test, to: test.to ?? to }), (failure: unknown) => setState({ trouble: troubleOf(failure) }));
    setBusy(false);
  };
  return (
    <Section title={texts.test} hint={texts.testHint}>
      <div class="dev-pad">
        <div class="row"><button type="button" class="btn" disabled={busy || !to} onClick={() => void send()}><Icon d={mailIcon} />{state ? texts.again : texts.send}</button><span class="muted">{to || texts.noAddress}</span></div>
        {dirty && <p class="d">{texts.saveFirst}</p>}
        {state && ("trouble" in state ? <Notice tone="red">{texts[state.trouble]}</Notice> : <Outcome test={state.test} to={state.to} texts={texts} />)}
      </div>
    </Section>
  );
}

function Outcome({ test, to, texts }: { test: Test; to: string; texts: MailTexts }) {
  const why = test.error ?? texts.unknownWhy;
  if (test.status === "sent") return <Notice tone="green">{fill(texts.sent, { to })}</Notice>;
  if (test.status === "failed" || test.status === "dropped") return <Notice tone="red">{fill(texts.failed, { why })}</Notice>;
  return <Notice tone="brass">{test.error ? fill(texts.pending, { why }) : fill(texts.sending, { to })}</Notice>;
}

function troubleOf(failure: unknown): "tooMany" | "notSent" | "noAddress" {
  if (!(failure instanceof Failure)) return "notSent";
  return failure.status === 429 ? "tooMany" : failure.status === 409 ? "noAddress" : "notSent";
}
