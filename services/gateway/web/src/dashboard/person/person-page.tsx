/** All about one person: what there is, export, and erasing for good. */

import "./person.css";

import { useEffect, useState } from "preact/hooks";

import { back, download, Icon, lock, noSignal, person as personIcon, trash } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { dayOf } from "../dates.ts";
import { Skeleton } from "../parts.tsx";
import { Failure, who, type Role } from "../rest.ts";
import { addressOf } from "../route.ts";
import { Avatar, Empty, language, nameOf } from "../ui.tsx";
import { EraseDialog } from "./erase-dialog.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { Facts } from "./facts.tsx";
import { read, type Erased, type Person } from "./rest.ts";
import { PERSON } from "./texts.ts";
import { Timeline } from "./timeline.tsx";

type State = { is: "loading" | "failed" | "unknown" } | { is: "erased"; how: Erased } | { is: "there"; person: Person };

export function PersonPage({ shop, id }: { shop: string; id: string }) {
  const texts = PERSON[language.value];
  const [state, setState] = useState<State>({ is: "loading" });
  const load = () => {
    read(shop, id, "").then((person) => setState({ is: "there", person }), (error: unknown) => setState(because(error)));
  };
  useEffect(() => {
    setState({ is: "loading" });
    load();
  }, [shop, id]);
  return (
    <main tabIndex={-1} class="pv">
      <p class="crumb"><a class="btn sm quiet" href={addressOf("history")}><Icon d={back} />{texts.back}</a></p>
      {state.is === "loading" && <div class="card"><Skeleton rows={7} /></div>}
      {state.is === "failed" && <div class="card"><Empty icon={noSignal} title={texts.loadFailed} hint={texts.loadFailedHint}><button class="btn" onClick={load}>{texts.tryAgain}</button></Empty></div>}
      {state.is === "unknown" && <div class="card"><Empty icon={personIcon} title={texts.notFound} hint={texts.notFoundHint}><a class="btn" href={addressOf("history")}>{texts.back}</a></Empty></div>}
      {state.is === "erased" && <WasErased how={state.how} />}
      {state.is === "there" && <There key={state.person.id} shop={shop} person={state.person} />}
    </main>
  );
}

function because(error: unknown): State {
  if (!(error instanceof Failure)) return { is: "failed" };
  if (error.status === 410) return { is: "erased", how: error.problem as unknown as Erased };
  return { is: error.status === 404 ? "unknown" : "failed" };
}

function WasErased({ how }: { how: Erased }) {
  const texts = PERSON[language.value];
  const hint = how.done_at ? fill(texts.erasedHint, { day: dayOf(language.value, how.done_at), receipt: how.receipt }) : fill(texts.erasingHint, { receipt: how.receipt });
  return (
    <div class="card"><Empty icon={lock} title={texts.erased} hint={hint}><a class="btn" href={addressOf("receipt", String(how.number))}>{texts.seeReceipt}</a></Empty></div>
  );
}

function There({ shop, person }: { shop: string; person: Person }) {
  const texts = PERSON[language.value];
  const [asking, setAsking] = useState<"export" | "erase" | null>(null);
  const role = useRole();
  const visitor = { id: person.id, signed_in: person.signed_in, ...(person.name ? { name: person.name } : {}) };
  const name = nameOf({ visitor });
  const id = person.signed_in ? person.id : person.id.replace(/^g_/, "");
  const since = person.since ? fill(person.signed_in ? texts.since : texts.guestSince, { id, day: dayOf(language.value, person.since) }) : "";
  return (
    <>
      <header class="row pv-head">
        <Avatar chat={{ visitor }} large />
        <div class="grow"><h2>{name}</h2><p class="muted">{since} {texts.whole}</p></div>
        <span class="row">
          <button class="btn" onClick={() => setAsking("export")}><Icon d={download} />{texts.export}</button>
          {role === "owner"
            ? <button class="btn danger-ink" onClick={() => setAsking("erase")}><Icon d={trash} />{texts.erase}</button>
            : role && <span class="meta">{texts.ownersOnly}</span>}
        </span>
      </header>
      <div class="pg2"><Timeline shop={shop} person={person} /><Facts person={person} /></div>
      {asking === "export" && <ExportDialog shop={shop} person={person} name={name} onClose={() => setAsking(null)} />}
      {asking === "erase" && (
        // The address does not keep the number of who was erased.
        <EraseDialog shop={shop} person={person} name={name} onAsked={(number) => location.replace(addressOf("receipt", String(number)))} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

/** What the person at the dashboard may do; null until it is known. */
function useRole(): Role | null {
  const [role, setRole] = useState<Role | null>(null);
  useEffect(() => {
    who().then((session) => setRole(session.operator.role), () => {});
  }, []);
  return role;
}
