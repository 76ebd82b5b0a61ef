/** What the shop asks before a conversation starts. */

import { chat, Icon } from "../shared/icons.tsx";
import type { FieldName, FieldRules } from "./fields.ts";
import { flaws as flawsOf, still } from "./flaws.ts";
import { Attention, Fields, toFirst, useForm } from "./form.tsx";
import { Avatar, Header, type LateFace } from "./window.tsx";

export function Details({ session, say, rules, inside }: LateFace & { rules: FieldRules }) {
  const { texts } = say;
  const { typed } = session;
  const { flaws } = session.questions;
  const box = useForm(inside);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    flaws.value = flawsOf(rules, typed.values);
    if (Object.keys(flaws.value).length === 0) session.begin();
    else toFirst(flaws.value, box.current);
  };
  const onFill = (name: FieldName, value: string) => {
    session.fill(name, value);
    flaws.value = still(flaws.value, flawsOf(rules, typed.values));
  };
  const look = session.appearance.value;
  return (
    <>
      <Header session={session} say={say} title={look?.header || texts.launcher} line={session.operator} icon={<Avatar name={session.operator} there />} />
      <form ref={box} noValidate onSubmit={onSubmit}>
        <div class="body">
          <p class="quiet">{texts.detailsLead}</p>
          <Attention flaws={flaws.value} say={say} />
          <Fields rules={rules} values={typed.values} flaws={flaws.value} message={texts.help} hint={texts.emailFor} say={say} onFill={onFill} />
        </div>
        <button class="btn primary"><Icon d={chat} size={18} />{texts.start}</button>
      </form>
    </>
  );
}
