/** A test mail: it is asked for, and what became of it is told within seconds. */

import { useEffect, useState } from "preact/hooks";

import { fill } from "../../shared/language.ts";
import { Notice } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { language } from "../ui.tsx";
import { sendTest, testMail, type NewTestMail, type TestMail } from "./rest.ts";
import { TESTS } from "./test-texts.ts";

const LOOK_MS = 1_000;

type Trouble = "tooMany" | "notSent" | "noAddress";
export type Tested = { test: TestMail; to: string } | { trouble: Trouble } | null;

/** What became of the last one, whether one is being asked for, and how to ask. */
export function useTestMail(shop: string): { tested: Tested; busy: boolean; send(wanted?: NewTestMail): void } {
  const [tested, setTested] = useState<Tested>(null);
  const [busy, setBusy] = useState(false);
  const under = tested && "test" in tested ? tested.test : null;
  useEffect(() => {
    if (!under || (under.status !== "pending" && under.status !== "sending")) return;
    const timer = setTimeout(() => {
      const again = (test: TestMail) => setTested((before) => (before && "test" in before ? { ...before, test } : before));
      testMail(shop, under.id).then(again, () => again({ ...under }));
    }, LOOK_MS);
    return () => clearTimeout(timer);
  }, [under]);
  const send = async (wanted?: NewTestMail) => {
    setBusy(true);
    await sendTest(shop, wanted).then((test) => setTested({ test, to: test.to ?? "" }), (failure: unknown) => setTested({ trouble: troubleOf(failure) }));
    setBusy(false);
  };
  return { tested, busy, send: (wanted) => void (busy || send(wanted)) };
}

/** `noAddress`: what to do if there is none to send to. */
export function TestOutcome({ tested, noAddress }: { tested: Tested; noAddress: string }) {
  const texts = TESTS[language.value];
  if (!tested) return null;
  if ("trouble" in tested) return <Notice tone="red">{tested.trouble === "noAddress" ? noAddress : texts[tested.trouble]}</Notice>;
  const { test, to } = tested;
  const why = test.error ?? texts.unknownWhy;
  if (test.status === "sent") return <Notice tone="green">{fill(texts.sent, { to })}</Notice>;
  if (test.status === "failed" || test.status === "dropped") return <Notice tone="red">{fill(texts.failed, { why })}</Notice>;
  return <Notice tone="brass">{test.error ? fill(texts.pending, { why }) : fill(texts.sending, { to })}</Notice>;
}

function troubleOf(failure: unknown): Trouble {
  if (!(failure instanceof Failure)) return "notSent";
  return failure.status === 429 ? "tooMany" : failure.status === 409 ? "noAddress" : "notSent";
}
