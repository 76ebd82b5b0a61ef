/** One's own door: second factor, where one is signed in, password and name. */

import { useEffect, useState } from "preact/hooks";

import { Icon, noSignal, reopen } from "../../../shared/icons.tsx";
import { Skeleton } from "../../parts.tsx";
import { Empty, language, t } from "../../ui.tsx";
import type { PartProps } from "../registry.ts";
import { NameCard } from "./name-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import * as rest from "./rest.ts";
import { SecondFactor } from "./second-factor.tsx";
import { Sessions } from "./sessions.tsx";
import "./security.css";
import { SECURITY } from "./texts.ts";

export function SecurityPage({ desk }: PartProps) {
  const texts = SECURITY[language.value];
  const [account, setAccount] = useState<rest.Account | null>(null);
  const [failed, setFailed] = useState(false);
  const [changes, setChanges] = useState(0);
  const read = () => {
    setFailed(false);
    rest.account().then(setAccount, () => setFailed(true));
  };
  useEffect(read, []);
  const renamed = (name: string) => {
    setAccount(account && { ...account, name });
    if (desk.me.value) desk.me.value = { ...desk.me.value, name };
  };

  if (!account) return <div class="sform">{failed ? <Unread onRetry={read} /> : <Skeleton />}</div>;
  return (
    <div class="sform own-door">
      <div><h2>{texts.title}</h2><p class="about">{texts.about}</p></div>
      <div class="two">
        <div class="col">
          <SecondFactor account={account} onChanged={read} />
          <Sessions key={changes} onAllEnded={() => void desk.start()} />
        </div>
        <div class="col">
          <PasswordCard email={account.email} onChanged={() => setChanges(changes + 1)} />
          <NameCard name={account.name} onRenamed={renamed} />
        </div>
      </div>
    </div>
  );
}

function Unread({ onRetry }: { onRetry(): void }) {
  const texts = SECURITY[language.value];
  return (
    <Empty icon={noSignal} title={texts.unread} hint={texts.unreadHint}>
      <button class="btn" onClick={onRetry}><Icon d={reopen} />{t().tryAgain}</button>
    </Empty>
  );
}
