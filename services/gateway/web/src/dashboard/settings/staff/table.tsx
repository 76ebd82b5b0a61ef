/** The staff as a table: members, invitations, and who has left. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { check, clock, cross, Icon, lock, mail, note, shield, warning } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { dayAlone } from "../../dates.ts";
import type { OperatorDesk } from "../../operator.ts";
import { Moment } from "../../parts.tsx";
import type { Role } from "../../rest.ts";
import { initialsOf, language, now } from "../../ui.tsx";
import { Menu } from "../../window/menu.tsx";
import type { Department } from "../shop-settings.ts";
import * as rest from "./rest.ts";
import { choiceFor, givenBy, isLost, linkEnds, mayManage, type Looking } from "./rules.ts";
import type { Asking, Everybody } from "./staff-page.tsx";
import { STAFF } from "./texts.ts";

/** How long it stands there that a link went off again. */
const SAID_MS = 10_000;

interface Props {
  shop: string;
  me: Looking;
  staff: Everybody;
  desk: OperatorDesk;
  departments: readonly Department[];
  onRun(deed: () => Promise<unknown>): void;
  onAsk(what: Asking): void;
}

export function StaffTable(props: Props) {
  const texts = STAFF[language.value];
  const here = props.staff.members.filter((each) => each.left_at === null);
  const left = props.staff.members.filter((each) => each.left_at !== null);
  return (
    <div class="card">
      <table class="people" aria-label={texts.title}>
        <thead><tr>
          <th>{texts.name}</th><th class="role">{texts.role}</th><th class="far">{texts.departments}</th><th class="factor">{texts.secondFactor}</th><th class="seen">{texts.lastSeen}</th>
          <th class="deeds"><span class="sr">{texts.deeds}</span></th>
        </tr></thead>
        <tbody>
          {here.map((each) => <MemberRow key={each.id} member={each} {...props} />)}
          {props.staff.invited.map((each) => <InvitedRow key={each.id} invited={each} {...props} />)}
          {left.map((each) => <LeftRow key={each.id} member={each} {...props} />)}
        </tbody>
      </table>
    </div>
  );
}

function Who({ name, under, face, quiet = false }: { name: string; under: string; face: ComponentChildren; quiet?: boolean }) {
  return (
    <th scope="row"><div class="row">{face}
      <div class="grow"><span class={quiet ? "b5 cut line1 muted" : "b5 cut line1"}>{name}</span><span class="meta cut line1" title={under}>{under}</span></div>
    </div></th>
  );
}

/** The same colour for the same person, wherever they stand. */
const Face = ({ name, grey = false }: { name: string; grey?: boolean }) => (
  <span class={grey ? "av" : `av t${([...name].reduce((sum, sign) => sum + sign.codePointAt(0)!, 0) % 4) + 1}`} aria-hidden="true">{initialsOf(name)}</span>
);

const day = (at: string) => dayAlone(language.value, at, now.value);

function MemberRow({ member, shop, me, desk, departments, onRun, onAsk }: Props & { member: rest.Member }) {
  const texts = STAFF[language.value];
  const own = departments.filter((each) => each.operators.includes(member.id)).map((each) => each.name);
  const deeds = [
    { icon: note, label: texts.changeName, run: () => onAsk({ about: "name", member }) },
    ...(me.role === "owner" && member.second_factor ? [{ icon: shield, label: texts.factorOff, run: () => onAsk({ about: "factor", member }) }] : []),
    { icon: lock, label: texts.close, danger: true, run: () => onAsk({ about: "close", member }) },
  ];
  return (
    <tr>
      <Who name={member.id === me.id ? fill(texts.you, { name: member.name }) : member.name} under={member.email} face={<Face name={member.name} />} />
      <td class="role"><RoleOf member={member} me={me} onRole={(role) => onRun(() => rest.change(shop, member.id, { role }))} /></td>
      <td class="far cut">{own.join(", ") || texts.none}</td>
      <td class="factor">{member.second_factor
        ? <span class="tag green"><Icon d={check} size={13} stroke={1.2} />{texts.on}</span>
        : <span class="tag brass"><Icon d={warning} size={13} stroke={1.2} />{texts.off}</span>}</td>
      <td class="seen muted"><Seen member={member} desk={desk} /></td>
      <td class="deeds">{mayManage(me, member) && <div class="dots-at"><Menu label={fill(texts.menu, { name: member.name })} title={fill(texts.menu, { name: member.name })} deeds={deeds} /></div>}</td>
    </tr>
  );
}

function RoleOf({ member, me, onRole }: { member: rest.Member; me: Looking; onRole(role: Role): void }) {
  const texts = STAFF[language.value];
  const choice = choiceFor(me, member);
  if (choice.length === 0) return <>{texts.roles[member.role]}</>;
  return (
    <select aria-label={fill(texts.roleOf, { name: member.name })} value={member.role} onChange={(event) => onRole(event.currentTarget.value as Role)}>
      {choice.map((each) => <option key={each} value={each}>{texts.roles[each]}</option>)}
    </select>
  );
}

function Seen({ member, desk }: { member: rest.Member; desk: OperatorDesk }) {
  const texts = STAFF[language.value];
  const at = desk.desk.value?.operators.find((each) => each.id === member.id && each.online);
  if (at) return <span class="row"><i class={at.away ? "dot away" : "dot"} />{at.away ? texts.away : texts.onlineNow}</span>;
  return member.last_seen_at ? <Moment at={member.last_seen_at} /> : <>{texts.never}</>;
}

function InvitedRow({ invited, shop, me, onRun }: Props & { invited: rest.Invited }) {
  const texts = STAFF[language.value];
  const [again, setAgain] = useState(false);
  useEffect(() => {
    const timer = again && setTimeout(() => setAgain(false), SAID_MS);
    return () => void (timer && clearTimeout(timer));
  }, [again]);
  const { id, email, error, invited_by: by } = invited;
  const ends = linkEnds(invited.expires_at, now.value);
  const resend = () => onRun(async () => {
    await rest.sendAgain(shop, id);
    setAgain(true);
  });
  return (
    <tr>
      <Who name={email} under={error ? fill(texts.mailWhy, { why: error }) : fill(texts.invitedBy, { name: by.name, day: day(invited.created_at) })} face={<span class="av letter"><Icon d={mail} /></span>} />
      <td class="role">{texts.roles[invited.role]}</td>
      <td class="far" />
      <td class="factor muted">{texts.notYet}</td>
      <td class="seen">{isLost(invited)
        ? <span class="tag red"><Icon d={warning} size={13} stroke={1.2} />{texts.mailLost}</span>
        : <span class={ends === "over" ? "tag red" : ends === "later" ? "tag" : "tag brass"}><Icon d={clock} size={13} stroke={1.2} />{fill(texts.linkEnds[ends], { day: day(invited.expires_at) })}</span>}</td>
      <td class="deeds">{givenBy(me.role).includes(invited.role) && (
        <div class="row">
          <span class="sr" role="status">{again && texts.sentAgain}</span>
          <button class="btn sm" aria-disabled={again} aria-label={again ? undefined : fill(texts.sendAgainTo, { email })} onClick={() => again || resend()}>{again ? texts.sentAgain : texts.sendAgain}</button>
          <button class="ib" aria-label={fill(texts.withdrawFor, { email })} title={texts.withdraw} onClick={() => onRun(() => rest.withdraw(shop, id))}><Icon d={cross} /></button>
        </div>
      )}</td>
    </tr>
  );
}

function LeftRow({ member, shop, me, onRun }: Props & { member: rest.Member }) {
  const texts = STAFF[language.value];
  return (
    <tr>
      <Who name={member.name} under={member.email} face={<Face name={member.name} grey />} quiet />
      <td class="role muted">{texts.roles[member.role]}</td>
      <td class="far" />
      <td class="factor muted">{member.second_factor ? texts.on : texts.off}</td>
      <td class="seen"><span class="tag"><Icon d={lock} size={13} stroke={1.2} />{fill(texts.left, { day: day(member.left_at ?? "") })}</span></td>
      <td class="deeds">{mayManage(me, member) && <button class="btn sm" aria-label={fill(texts.letBackInFor, { name: member.name })} onClick={() => onRun(() => rest.letBackIn(shop, member.id))}>{texts.letBackIn}</button>}</td>
    </tr>
  );
}
