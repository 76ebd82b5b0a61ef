/** What begins or ends with a mail: a forgotten password, and an invitation to a shop. */

import { useEffect, useRef, useState } from "preact/hooks";

import { fill } from "../../shared/language.ts";
import { Notice, Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { language } from "../ui.tsx";
import { Card, Field, Go } from "./card.tsx";
import { NewPassword, Password } from "./password.tsx";
import * as rest from "./rest.ts";
import { newPasswordWords, useSending, whyNot } from "./sending.ts";
import { DOOR } from "./texts.ts";
import { FORGOT, inside, type DoorPage } from "./where.ts";

export function ByMail({ page }: { page: DoorPage }) {
  if (page.name === "forgot") return <Forgot />;
  return page.name === "reset" ? <Reset token={page.token} /> : <Joining token={page.token} />;
}

const Back = ({ word }: { word: string }) => <div class="else"><button type="button" class="textlink" onClick={inside}>{word}</button></div>;

/** What a refusal of a link, or of the new password that comes with it, means. */
const linkWords = (over: string): Record<string, string> => ({ ...newPasswordWords(), "404": over, "410": over });

function Forgot() {
  const sending = useSending();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const texts = DOOR[language.value];
  const why = whyNot(sending, {});
  const submit = async () => {
    const email = field.current!.value.trim();
    if (await sending.send(() => rest.askForReset(email, language.value))) setSentTo(email);
  };
  if (sentTo !== null) {
    return <Card title={texts.forgotTitle} lead={texts.forgotLead} why={<Notice tone="green">{fill(texts.linkSent, { email: sentTo })}</Notice>}><Back word={texts.backToSignIn} /></Card>;
  }
  return (
    <Card title={texts.forgotTitle} lead={texts.forgotLead} busy={sending.busy} onSubmit={() => void submit()} why={why && <Notice tone="red">{why}</Notice>}>
      <Field label={texts.email}><input ref={field} class="in" type="email" name="email" autocomplete="username" required autofocus aria-invalid={why !== null} aria-describedby="why" /></Field>
      <Go busy={sending.busy} held={sending.wait !== null}>{sending.busy ? texts.sending : texts.sendLink}</Go>
      <Back word={texts.backToSignIn} />
    </Card>
  );
}

function Reset({ token }: { token: string }) {
  const sending = useSending();
  const [done, setDone] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => password.current?.focus(), []);
  const texts = DOOR[language.value];
  const why = whyNot(sending, linkWords(texts.linkOver));
  const submit = async () => void ((await sending.send(() => rest.reset(token, password.current!.value))) ? setDone(true) : password.current?.select());
  if (done) return <Card title={texts.resetTitle} lead={location.host} why={<Notice tone="green">{texts.resetDone}</Notice>} onSubmit={inside}><Go busy={false}>{texts.signIn}</Go></Card>;
  return (
    <Card title={texts.resetTitle} lead={texts.resetLead} busy={sending.busy} onSubmit={() => void submit()} why={why && <Notice tone="red">{why}</Notice>}>
      <NewPassword field={password} label={texts.newPassword} wrong={why !== null} why="why" />
      <Go busy={sending.busy} held={sending.wait !== null}>{sending.busy ? texts.saving : texts.setPassword}</Go>
      <div class="else">{isOver(sending.failure) && <a class="textlink" href={FORGOT}>{texts.askAgain}</a>}</div>
    </Card>
  );
}

const isOver = (failure: Failure | null) => failure?.status === 404 || failure?.status === 410;

/** Reads what the link stands for first. */
function Joining({ token }: { token: string }) {
  const reading = useSending();
  const [found, setFound] = useState<rest.Invitation | null>(null);
  const [retried, setRetried] = useState(false);
  const texts = DOOR[language.value];
  const read = () => void reading.send(async () => setFound(await rest.invitation(token)));
  const again = () => {
    setRetried(true);
    read();
  };
  useEffect(read, [token]);
  if (found) return <Invited token={token} invitation={found} />;
  const why = whyNot(reading, linkWords(texts.invitationOver));
  // The button that was pressed stays, and the focus on it.
  if (why === null && !retried) return <main class="door"><Skeleton rows={2} /></main>;
  return (
    <Card title={texts.title} lead={location.host} why={why && <Notice tone="red">{why}</Notice>} onSubmit={isOver(reading.failure) ? inside : again}>
      <Go busy={reading.busy} held={reading.wait !== null}>{isOver(reading.failure) ? texts.backToSignIn : texts.next}</Go>
    </Card>
  );
}

function Invited({ token, invitation: { email, shop_name: shop, role, known, name: called } }: { token: string; invitation: rest.Invitation }) {
  const sending = useSending();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const [asksCode, setAsksCode] = useState(false);
  const texts = DOOR[language.value];
  const over = isOver(sending.failure);
  useEffect(() => (known ? password : name).current?.focus(), []);
  const why = whyNot(sending, { ...linkWords(texts.invitationOver), second_factor: texts.digitsLead, second_factor_wrong: texts.digitsWrong, "401": texts.wrongPassword });
  const submit = async () => {
    const given = { password: password.current!.value, ...(known ? {} : { name: name.current!.value.trim() }), ...(code.current ? { code: code.current.value.trim() } : {}) };
    if (await sending.send(() => rest.accept(token, given).catch((error: unknown) => {
      if (error instanceof Failure && error.problem.code === "second_factor") setAsksCode(true);
      // They have an account by now: it is the other form that they need.
      if (error instanceof Failure && error.problem.code === "account_exists") location.reload();
      throw error;
    }))) inside();
  };
  return (
    <Card title={fill(texts.joinTitle, { shop })} lead={fill(texts.joinLead, { email, role: texts.roles[role] })} busy={sending.busy} onSubmit={() => void submit()}
      why={why ? <Notice tone="red">{why}</Notice> : known && <Notice>{texts.known}</Notice>}>
      {/* For the browser's keeper of passwords. */}
      <input hidden type="email" name="email" autocomplete="username" value={email} readOnly />
      {!known && <Field label={texts.name}><input ref={name} class="in" name="name" defaultValue={called} autocomplete="name" required maxLength={80} aria-describedby="named" /><span id="named" class="rule">{texts.nameHint}</span></Field>}
      {known ? <Password field={password} label={texts.password} wrong={why !== null} why="why" /> : <NewPassword field={password} label={texts.newPassword} wrong={why !== null} why="why" />}
      {asksCode && <Field label={texts.digits}><input ref={code} class="in mono" name="code" autocomplete="one-time-code" required maxLength={40} aria-describedby="why" /></Field>}
      <Go busy={sending.busy} held={sending.wait !== null || over}>{sending.busy ? texts.joining : texts.join}</Go>
    </Card>
  );
}
