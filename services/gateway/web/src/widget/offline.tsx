/** Leaving a message: the form as the shop wants it, and what is said once the message has arrived. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { bell, check, Icon } from "../shared/icons.tsx";
import { clockTime, fill } from "../shared/language.ts";
import { styleOf } from "./colours.ts";
import { Alert, Attention, Fields, SubmitButton, toFirst, useForm } from "./form.tsx";
import type { LetterForm } from "./letter.ts";
import { postOf } from "./letter-post.ts";
import { Privacy } from "./privacy.tsx";
import type { Session } from "./session.ts";
import type { Say } from "./say.ts";
import { Header, type LateFace } from "./window.tsx";

export function Offline({ session, say, inside }: LateFace) {
  const { letter } = session;
  const form = letter.form.value;
  useEffect(() => void postOf(letter).load(), []);
  return (
    <>
      <Header session={session} say={say} title={form?.header || say.texts.leave} icon={<Icon d={bell} size={26} />}
        line={form?.fields.email?.requested ? say.texts.leaveHint : undefined} {...(form && { style: styleOf("header", form) })} />
      {letter.state.value === "sent" ? <Sent session={session} say={say} />
        : form ? <Form session={session} say={say} form={form} inside={inside} />
        : <div class="body" aria-busy="true"><i class="spin" /></div>}
    </>
  );
}

function Form({ session, say, form, inside }: LateFace & { form: LetterForm }) {
  const { letter, typed } = session;
  const { texts } = say;
  const busy = letter.state.value === "sending";
  const flaws = letter.flaws.value;
  const trouble = letter.trouble.value;
  const box = useForm(inside);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void session.leave().then(() => toFirst(letter.flaws.value, box.current));
  };
  const onAgree = (on: boolean) => {
    letter.agreed.value = on;
    postOf(letter).recheck();
  };
  return (
    <form ref={box} noValidate onSubmit={onSubmit}>
      <div class="body">
        <Instead session={session} say={say} />
        {form.welcome && <p class="quiet lines">{form.welcome}</p>}
        <Attention flaws={flaws} say={say} />
        {trouble && <Alert>{texts[trouble]}</Alert>}
        <Fields rules={form.fields} values={typed.values} flaws={flaws} message={texts.message} busy={busy} say={say}
          onFill={(name, value) => session.fill(name, value)} />
        {form.privacy && <Privacy privacy={form.privacy} agreed={letter.agreed.value} flaw={"consent" in flaws && texts.agreeToSend} say={say} onAgree={onAgree} />}
        <input class="trap" name="website" tabIndex={-1} autocomplete="off" aria-hidden="true" value={letter.website}
          onInput={(event) => (letter.website = event.currentTarget.value)} />
      </div>
      <SubmitButton busy={busy} say={say}>{texts.sendMessage}</SubmitButton>
    </form>
  );
}

/** The way back to where a person can answer. */
function Instead({ session, say: { texts } }: { session: Session; say: Say }) {
  const { letter } = session;
  if (!letter.preferred.value || session.availability.value === "form") return null;
  const waiting = session.talk.value?.status === "waiting";
  return (
    <div class="box" role="status">
      <p>{waiting ? texts.keepPlace : texts.atCounter}</p>
      <button type="button" class="link" onClick={() => (letter.preferred.value = false)}>{waiting ? texts.backToLine : texts.chatInstead}</button>
    </div>
  );
}

function Sent({ session, say: { language, texts } }: { session: Session; say: Say }) {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const { values: { email, message }, at } = session.letter.sent.value!;
  const [before, after] = texts.answerTo.split("{email}");
  return (
    <div class="body center">
      <span class="ring green"><Icon d={check} size={34} /></span>
      <h3 ref={title} tabIndex={-1}>{texts.withUs}</h3>
      {email && <p class="quiet">{before}<b dir="ltr">{email}</b>{after}</p>}
      {message && (
        <div class="wrote">
          <small>{fill(texts.wrote, { time: clockTime(language, at) })}</small>
          <p class="lines" dir="auto">{message}</p>
        </div>
      )}
      <button class="btn" onClick={() => session.letter.another()}>{texts.another}</button>
    </div>
  );
}
