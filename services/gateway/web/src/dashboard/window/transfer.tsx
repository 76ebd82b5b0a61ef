/** To whom a conversation can be passed on, and a note for them. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, people } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { cleanText } from "../../shared/protocol.ts";
import type { Chat } from "../chats.ts";
import type { OperatorDesk } from "../operator.ts";
import { Avatar, language } from "../ui.tsx";
import { moveFocus, Popover } from "./popover.tsx";
import { targets, toldOf, type Target } from "./targets.ts";
import { WINDOW } from "./texts.ts";

const LONGEST_NOTE = 1000;

interface Props { desk: OperatorDesk; chat: Chat; onClose(): void }

export function TransferPopover({ desk, chat, onClose }: Props) {
  const texts = WINDOW[language.value];
  const all = targets(desk.desk.value, desk.staff.value, desk.me.value?.id ?? "");
  const [wanted, setWanted] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const list = useRef<HTMLUListElement>(null);
  // What was chosen may have lost its last free channel since.
  const chosen = all.find((each) => each.id === wanted && each.can);
  useEffect(() => void desk.learnStaff(), []);
  const first = all.find((each) => each.can);

  const pass = (event?: Event) => {
    event?.preventDefault();
    if (!chosen) return;
    desk.transfer(chat.id, chosen.id, cleanText(note));
    onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (!list.current?.contains(event.target as Node)) return;
    moveFocus(event, [...list.current.querySelectorAll<HTMLElement>("button")]);
  };
  return (
    <Popover label={texts.transferTo} place="from-top" onClose={onClose} onKeyDown={onKey}>
      <p class="cap meta" aria-hidden="true">{texts.transferTo}</p>
      {all.length === 0 && <p class="none muted">{texts.noColleague}</p>}
      <ul ref={list} class="targets">
        {all.map((target) => <Row key={target.id} target={target} isFirst={target === first} chosen={target === chosen} onChoose={() => setWanted(target.id)} />)}
      </ul>
      {all.length > 0 && (
        <form onSubmit={pass}>
          <input class="in" aria-label={texts.noteForThem} placeholder={texts.noteForThem} maxLength={LONGEST_NOTE} value={note} dir="auto" onInput={(event) => setNote(event.currentTarget.value)} />
          <button class="btn primary sm" aria-disabled={!chosen}>{chosen ? fill(texts.passTo, { name: chosen.name }) : texts.transfer}</button>
        </form>
      )}
    </Popover>
  );
}

function Row({ target, isFirst, chosen, onChoose }: { target: Target; isFirst: boolean; chosen: boolean; onChoose(): void }) {
  const { name, can, kind, state } = target;
  return (
    <li>
      <button class="it" data-first={isFirst || undefined} aria-pressed={chosen} aria-disabled={!can} onClick={() => can && onChoose()}>
        {kind === "department" ? <span class="av s"><Icon d={people} size={14} stroke={1.1} /></span> : <Avatar chat={{ visitor: { id: target.id, signed_in: true, name } }} small />}
        <span class="grow"><b class="cut line1">{name}</b><span class="muted said">{toldOf(language.value, target)}</span></span>
        {kind === "colleague" && <i class={`dot ${state}`} aria-hidden="true" />}
      </button>
    </li>
  );
}
