/** Chat: who is on the site above, the counter with windows and recap below. On a phone each of them is a page. */

import { useCallback, useEffect } from "preact/hooks";

import { ChatWindow } from "./chat-window.tsx";
import type { Counter } from "./counter.ts";
import type { OperatorDesk } from "./operator.ts";
import { Recap } from "./recap/recap.tsx";
import { RecapBar } from "./recap/recap-bar.tsx";
import { addressOf } from "./route.ts";
import { narrow, t } from "./ui.tsx";
import { Floor } from "./visitors/floor.tsx";

interface Props { desk: OperatorDesk; counter: Counter }

export function ChatPage({ desk, counter }: Props) {
  const docked = counter.docked.value.filter((each) => desk.chats.value.has(each.id));
  const phone = narrow.value;
  const folded = !counter.recap.value && !phone;
  // Also without the list: windows and recap say where the visitor is.
  useEffect(() => desk.watchVisitors(), []);
  // The same function each time: what it is given to is drawn anew only for reasons of its own.
  const show = useCallback((id: string) => counter.show(id), []);
  const windows = docked.map(({ id, minimised }) => (
    <ChatWindow key={id} desk={desk} counter={counter} chat={desk.chats.value.get(id)!} minimised={minimised && !phone} />
  ));
  return (
    <main class={`chat ${docked.length ? "talking" : ""} ${folded ? "folded" : ""}`}>
      {!phone && <Floor desk={desk} onShow={show} />}
      {folded && <RecapBar desk={desk} onUnfold={() => counter.foldRecap(false)} />}
      <div class="counter">
        <div class="windows">{docked.length > 0 ? windows : <p class="muted nothing">{t().counterEmpty}</p>}</div>
        {!folded && <Recap desk={desk} counter={counter} onOpen={show} onFold={() => counter.foldRecap(true)} />}
      </div>
    </main>
  );
}

/** The list alone: a phone's second page. */
export function VisitorsPage({ desk, counter }: Props) {
  const show = (id: string) => {
    location.hash = addressOf("chat");
    counter.show(id);
  };
  return <main class="visitors"><Floor desk={desk} onShow={show} cards={narrow.value} /></main>;
}
