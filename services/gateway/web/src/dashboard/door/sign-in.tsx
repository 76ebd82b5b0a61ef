/** Signing in: the password, the second factor if there is one, and the shop if there are several. */

import { useRef, useState } from "preact/hooks";

import { check, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { Notice } from "../parts.tsx";
import { Failure, type Session } from "../rest.ts";
import { language, narrow } from "../ui.tsx";
import { Card, Field, Go } from "./card.tsx";
import { Code } from "./code.tsx";
import { Password } from "./password.tsx";
import { signIn, type Credentials } from "./rest.ts";
import { useSending, whyNot, type Sending } from "./sending.ts";
import { ShopChoice } from "./shop-choice.tsx";
import { DOOR } from "./texts.ts";
import { FORGOT } from "./where.ts";

/** As long as the gateway lets a session rest. */
const STAY_DAYS = 14;

export type Reason = "ended" | "refused";

/** `why`: what closed the desk that was open before, if one was. */
export function SignIn({ why, onDone }: { why: Reason | null; onDone(): void }) {
  const sending = useSending();
  /** Once they are right and the code is missing. */
  const [given, setGiven] = useState<Credentials | null>(null);
  const [session, setSession] = useState<Session | null>(null);

  const enter = async (credentials: Credentials) => {
    const answer = await signIn(credentials);
    if (answer.shops.length > 1) setSession(answer);
    else onDone();
  };
  const withPassword = (credentials: Credentials) => sending.send(() => enter(credentials).catch((error: unknown) => {
    if (codeOf(error) !== "second_factor") throw error;
    setGiven(credentials);
  }));
  const withCode = (code: string) => sending.send(() => enter({ ...given!, code }).catch((error: unknown) => {
    // The password was changed meanwhile: that is to be said where it is asked for.
    if (error instanceof Failure && error.status === 401 && codeOf(error) !== "second_factor_wrong") setGiven(null);
    throw error;
  }));
  const leave = () => {
    sending.forget();
    setGiven(null);
  };

  if (session) return <ShopChoice session={session} onDone={onDone} />;
  if (given) return <Code sending={sending} onCode={(code) => void withCode(code)} onLeave={leave} />;
  return <First why={why} sending={sending} onGiven={withPassword} />;
}

const codeOf = (error: unknown) => (error instanceof Failure ? error.problem.code : undefined);

function First({ why, sending, onGiven }: { why: Reason | null; sending: Sending; onGiven(given: Credentials): Promise<boolean> }) {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [stay, setStay] = useState(true);
  const texts = DOOR[language.value];
  const said = whyNot(sending, { "401": texts.wrong });
  const forgot = <a class="textlink" href={FORGOT}>{narrow.value ? texts.forgotTitle : texts.forgotIt}</a>;
  const submit = async () => {
    const done = await onGiven({ email: email.current!.value.trim(), password: password.current!.value, stay });
    if (!done) password.current?.select();
  };
  return (
    <Card title={texts.title} lead={location.host} busy={sending.busy} onSubmit={() => void submit()}
      why={said ? <Notice tone="red">{said}</Notice> : why && <Notice tone={why === "ended" ? "brass" : "red"}>{texts[why]}</Notice>}>
      <Field label={texts.email}>
        <input ref={email} class="in" type="email" name="email" autocomplete="username" required autofocus aria-invalid={said !== null} aria-describedby="why" />
      </Field>
      <Password field={password} label={texts.password} wrong={said !== null} why="why" aside={!narrow.value && forgot} />
      <label class="tick stay">
        <input type="checkbox" checked={stay} onChange={(event) => setStay(event.currentTarget.checked)} />
        <span class="cb"><Icon d={check} size={13} stroke={1.2} /></span>{fill(texts.stay, { n: STAY_DAYS })}
      </label>
      <Go busy={sending.busy} held={sending.wait !== null}>{sending.busy ? texts.signingIn : texts.signIn}</Go>
      {narrow.value && <div class="else">{forgot}</div>}
    </Card>
  );
}
