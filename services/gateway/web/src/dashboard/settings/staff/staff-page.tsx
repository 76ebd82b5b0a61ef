/** Who works in the shop: their roles, who is invited, and who has left. */

import { useState } from "preact/hooks";

import { Icon, noSignal, plus, shield } from "../../../shared/icons.tsx";
import { fill, plural } from "../../../shared/language.ts";
import { useList, useNowAndThen } from "../../list.ts";
import { Notice, Skeleton } from "../../parts.tsx";
import { Empty, language, t } from "../../ui.tsx";
import type { PartProps } from "../registry.ts";
import { CloseDialog, FactorDialog, NameDialog } from "./dialogs.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MayTable } from "./may-table.tsx";
import { explain } from "./refusals.ts";
import * as rest from "./rest.ts";
import { inOrder, isMoving } from "./rules.ts";
import { StaffTable } from "./table.tsx";
import "./staff.css";
import { STAFF, type StaffTexts } from "./texts.ts";

const LOOK_MS = 30_000;
const SOON_MS = 3_000;

export type Asking = { about: "close" | "name" | "factor"; member: rest.Member } | { about: "invite" };

export function StaffPage({ shop, desk, role, settings }: PartProps) {
  const texts = STAFF[language.value];
  const list = useList(async () => ({ items: [await everybody(shop)], next: null }), [shop]);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [flaw, setFlaw] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const staff = list.rows?.[0];
  useNowAndThen(() => void list.again(), staff?.invited.some(isMoving) ? SOON_MS : LOOK_MS);
  const me = { id: desk.me.value?.id ?? "", role };

  /** Does it, says why if it was refused, and reads the list anew. */
  const run = async (deed: () => Promise<unknown>) => {
    setFlaw(null);
    setTold(null);
    try {
      await deed();
    } catch (error) {
      setFlaw(explain(texts, error));
    }
    await Promise.all([list.again(), desk.learnStaff()]);
  };
  const done = (said: string | null = null) => {
    setAsking(null);
    void run(() => Promise.resolve()).then(() => setTold(said));
  };

  if (!staff) return <div class="sform">{list.failed ? <Unread onRetry={() => void list.again()} /> : <Skeleton />}</div>;
  const alone = staff.members.filter((each) => each.left_at === null && !each.second_factor).length;
  return (
    <div class="sform team">
      <div class="row top">
        <div class="grow"><h2>{texts.title}</h2><p class="about" role="status">{summary(texts, staff)}</p></div>
        <button class="btn" onClick={() => setAsking({ about: "invite" })}><Icon d={plus} />{texts.inviteButton}</button>
      </div>
      {flaw && <Notice tone="red">{flaw}</Notice>}
      {told && <Notice tone="green">{told}</Notice>}
      {alone > 0 && <Notice tone="brass" icon={shield}>{plural(language.value, alone, texts.alone)}</Notice>}
      <StaffTable shop={shop} me={me} staff={staff} desk={desk} departments={settings.departments} onRun={(deed) => void run(deed)} onAsk={setAsking} />
      <MayTable />
      {asking?.about === "invite" && <InviteDialog shop={shop} role={role} onSent={(email) => done(fill(texts.sent, { email }))} onClose={() => setAsking(null)} />}
      {asking?.about === "close" && <CloseDialog shop={shop} member={asking.member} onDone={() => done()} onClose={() => setAsking(null)} />}
      {asking?.about === "factor" && <FactorDialog shop={shop} member={asking.member} onDone={() => done()} onClose={() => setAsking(null)} />}
      {asking?.about === "name" && <NameDialog shop={shop} member={asking.member} onDone={() => done()} onClose={() => setAsking(null)} />}
    </div>
  );
}

export interface Everybody { members: rest.Member[]; invited: rest.Invited[] }

async function everybody(shop: string): Promise<Everybody> {
  const [members, invited] = await Promise.all([rest.members(shop), rest.invited(shop)]);
  return { members: inOrder(members, language.value), invited };
}

function summary(texts: StaffTexts, { members, invited }: Everybody): string {
  const left = members.filter((each) => each.left_at !== null).length;
  const parts = [
    plural(language.value, members.length - left, texts.work),
    ...(invited.length ? [plural(language.value, invited.length, texts.areInvited)] : []),
    ...(left ? [plural(language.value, left, texts.haveLeft)] : []),
  ];
  return `${parts.join(", ")}.`;
}

function Unread({ onRetry }: { onRetry(): void }) {
  const texts = STAFF[language.value];
  return <Empty icon={noSignal} title={texts.loadFailed} hint={texts.loadFailedHint}><button class="btn" onClick={onRetry}>{t().tryAgain}</button></Empty>;
}
