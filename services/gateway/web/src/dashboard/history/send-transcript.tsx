/** Sends a transcript by mail, to the address that is typed. */

import { useEffect, useRef, useState } from "preact/hooks";

import { fill } from "../../shared/language.ts";
import { Notice } from "../parts.tsx";
import { Failure, newKey } from "../rest.ts";
import { language, t } from "../ui.tsx";
import * as rest from "./rest.ts";
import { HISTORY } from "./texts.ts";

type State = { is: "asking" | "sending" } | { is: "sent"; to: string } | { is: "failed"; why: string };

export function SendTranscript({ shop, conversation, onClose }: { shop: string; conversation: Pick<rest.Conversation, "id" | "customer">; onClose(): void }) {
  const texts = HISTORY[language.value];
  const [state, setState] = useState<State>({ is: "asking" });
  const field = useRef<HTMLInputElement>(null);
  const key = useRef(newKey());
  useEffect(() => field.current?.focus(), []);

  const send = async (event: Event) => {
    event.preventDefault();
    const email = field.current!.value.trim();
    setState({ is: "sending" });
    try {
      // What an address is, the server knows better than the browser.
      if (!email) throw new Failure(422, {});
      await rest.sendTranscript(shop, conversation.id, email, key.current);
      setState({ is: "sent", to: email });
    } catch (error) {
      setState({ is: "failed", why: whyNot(error) });
      field.current?.focus();
    }
    key.current = newKey();
  };
  const whyNot = (error: unknown) => {
    const status = error instanceof Failure ? error.status : 0;
    if (status === 429) return texts.tooOften;
    return status === 400 || status === 422 ? texts.badEmail : texts.sendFailed;
  };

  if (state.is === "sent") {
    return <div class="sendto"><Notice tone="green" action={<button class="btn sm" onClick={onClose}>{texts.close}</button>}>{fill(texts.sent, { email: state.to })}</Notice></div>;
  }
  return (
    <form class="sendto" noValidate onSubmit={send} aria-busy={state.is === "sending"}>
      <label class="f">{texts.sendTo}
        <input ref={field} class="in" type="email" required maxLength={254} defaultValue={conversation.customer.email ?? ""} aria-label={`${texts.sendTo} (${t().email})`}
          aria-invalid={state.is === "failed"} aria-describedby="send-error" />
      </label>
      <p id="send-error" class="err" role="alert">{state.is === "failed" && state.why}</p>
      <div class="row">
        <button class="btn primary sm" disabled={state.is === "sending"}>{texts.sendIt}</button>
        <button class="btn sm" type="button" onClick={onClose}>{texts.cancel}</button>
      </div>
    </form>
  );
}
