/** What the shop asks before a conversation starts. */

import { chat, Icon } from "../shared/icons.tsx";
import { asked, type FieldName, type FieldRules } from "./fields.ts";
import { flaws as flawsOf, still } from "./flaws.ts";
import { Attention, Fields, toFirst, useForm } from "./form.tsx";
import { Privacy } from "./privacy.tsx";
import { Avatar, Header, type LateFace } from "./window.tsx";

export function Details({ session, say, rules, inside }: LateFace & { rules: FieldRules }) {
  const { texts } = say;
  const { typed } = session;
  const { flaws, privacy, agreed } = session.questions;
  const wrong = () => flawsOf(rules, typed.values, privacy.value?.consent === true && !agreed.value);
  const box = useForm(inside);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    flaws.value = wrong();
    if (Object.keys(flaws.value).length === 0) session.begin();
    else toFirst(flaws.value, box.current);
  };
  const onFill = (name: FieldName, value: string) => {
    session.fill(name, value);
    flaws.value = still(flaws.value, wrong());
  };
  const onAgree = (on: boolean) => {
    agreed.value = on;
    flaws.value = still(flaws.value, wrong());
  };
  const look = session.appearance.value;
  return (
    <>
      <Header session={session} say={say} title={look?.header || texts.launcher} line={session.operator} icon={<Avatar name={session.operator} there />} />
      <form ref={box} noValidate onSubmit={onSubmit}>
        <div class="body">
          {asked(rules).length > 0 && <p class="quiet">{texts.detailsLead}</p>}
          <Attention flaws={flaws.value} say={say} />
          <Fields rules={rules} values={typed.values} flaws={flaws.value} message={texts.help} hint={texts.emailFor} say={say} onFill={onFill} />
          {privacy.value && <Privacy privacy={privacy.value} agreed={agreed.value} flaw={"consent" in flaws.value && texts.agreeToStart} say={say} onAgree={onAgree} />}
        </div>
        <button class="btn primary"><Icon d={chat} size={18} />{texts.start}</button>
      </form>
    </>
  );
}
