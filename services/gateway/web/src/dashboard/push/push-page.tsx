/** Push: all campaigns, or the one that the address names: composed while it is a draft, then watched. */

import "./push.css";
import "../chart/chart.css";

import { useEffect, useRef, useState } from "preact/hooks";

import { noSignal, notice } from "../../shared/icons.tsx";
import { useNowAndThen } from "../list.ts";
import type { OperatorDesk } from "../operator.ts";
import { Skeleton } from "../parts.tsx";
import { Failure } from "../rest.ts";
import { addressOf } from "../route.ts";
import { useKeptFocus } from "../settings/kept-focus.ts";
import { Empty, language, t } from "../ui.tsx";
import { Campaigns } from "./campaigns.tsx";
import { Compose } from "./compose.tsx";
import { isMoving } from "./figures.ts";
import { Live } from "./live.tsx";
import type { Progress } from "./rest.ts";
import * as rest from "./rest.ts";
import { PUSH } from "./texts.ts";

/** `open`: a campaign, `new`, or null for the list. */
export function PushPage(props: { shop: string; desk: OperatorDesk; open: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  return <div ref={box} class="pu-page"><Shown {...props} /></div>;
}

function Shown({ shop, desk, open }: { shop: string; desk: OperatorDesk; open: string | null }) {
  const { languages = [], time_zone: zone = "UTC" } = desk.settings.value;
  if (open === null) return <Campaigns shop={shop} />;
  // The settings come with the desk; a form that began without them would have to begin again.
  if (languages.length === 0) return <main class="pu-list" tabIndex={-1}><div class="card"><Skeleton /></div></main>;
  if (open === "new") return <New shop={shop} languages={languages} zone={zone} />;
  return <One key={open} shop={shop} id={open} languages={languages} zone={zone} />;
}

interface Composing { shop: string; languages: readonly string[]; zone: string }

/** Its address may have its name already: then going there changes nothing. */
function New({ shop, languages, zone }: Composing) {
  const [sent, setSent] = useState<string | null>(null);
  if (sent !== null) return <One key={sent} shop={shop} id={sent} languages={languages} zone={zone} />;
  return <Compose shop={shop} campaign={null} languages={languages} zone={zone} onSent={setSent} />;
}

const MOVING_MS = 2_000;
const STILL_MS = 15_000;

function One({ shop, id, languages, zone }: Composing & { id: string }) {
  const texts = PUSH[language.value];
  const [campaign, setCampaign] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<"gone" | "failed" | null>(null);
  const isAsking = useRef(false);
  const look = async () => {
    if (isAsking.current) return;
    isAsking.current = true;
    await rest.read(shop, id).then((found) => {
      setCampaign(found);
      setFailure(null);
    }, (error: unknown) => setFailure(error instanceof Failure && error.status === 404 ? "gone" : "failed"));
    isAsking.current = false;
  };
  useEffect(() => void look(), [id]);
  const status = campaign?.status;
  // A draft is ours to change: what stands there is not read over what is being typed.
  useNowAndThen(() => void (status !== undefined && status !== "draft" && look()), status === "scheduled" || (campaign && status !== "paused" && isMoving(campaign)) ? MOVING_MS : STILL_MS);
  if (!campaign) {
    return (
      <main class="pu-list" tabIndex={-1}>
        <div class="card">
          {failure === "gone" ? <Empty icon={notice} title={texts.gone} hint={texts.goneHint}><a class="btn" href={addressOf("push")}>{texts.back}</a></Empty>
            : failure ? <Empty icon={noSignal} title={texts.failed} hint={texts.failedHint}><button class="btn" onClick={() => void look()}>{t().tryAgain}</button></Empty>
            : <Skeleton />}
        </div>
      </main>
    );
  }
  if (campaign.status === "draft") return <Compose key={campaign.id} shop={shop} campaign={campaign} languages={languages} zone={zone} onSent={() => void look()} />;
  return <Live shop={shop} campaign={campaign} stale={failure !== null} onChanged={look} />;
}
