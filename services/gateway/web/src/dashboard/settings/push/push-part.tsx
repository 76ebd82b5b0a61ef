/** Push: the bell on the shop's pages, replies to visitors who have left, and the file that the shop hosts for it. */

import "../developers/developers.css";

import { useEffect, useState } from "preact/hooks";

import { check, Icon, warning } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { standing, type Standing } from "../../push/rest.ts";
import { addressOf } from "../../route.ts";
import { language } from "../../ui.tsx";
import { CheckAgain, CopyButton, hostOf, Snippet } from "../developers/tag.tsx";
import { change, changed, flaw, saved } from "../draft.ts";
import { Section, SwitchLine, TextLine } from "../fields.tsx";
import type { PartProps } from "../registry.ts";
import type { ShopSettings } from "../shop-settings.ts";
import { IconField } from "./icon-field.tsx";
import { PUSH_SETTINGS } from "./texts.ts";

/** As the gateway takes it. */
const PATH = /^\/[A-Za-z0-9._/-]{0,199}$/;

export function PushPart({ shop, settings }: PartProps) {
  const texts = PUSH_SETTINGS[language.value];
  const { push, unread_mails } = settings;
  const set = (given: Partial<ShopSettings["push"]>) => change({ push: { ...push, ...given } });
  return (
    <div class="sform">
      <Section title={texts.title} hint={texts.hint}>
        <SwitchLine label={texts.on} hint={texts.onHint} on={push.on} onChange={(on) => set({ on })} />
      </Section>
      <IconField icon={push.icon} origins={settings.origins} name={settings.name} onIcon={(icon) => set({ icon })} />
      <WorkerFile shop={shop} path={push.worker} onPath={(worker) => set({ worker })} />
      <Section title={texts.replies} hint={texts.repliesHint}>
        <SwitchLine label={texts.byPush} hint={texts.byPushHint} on={push.replies} onChange={(replies) => set({ replies })} />
        <SwitchLine label={texts.byMail} hint={texts.byMailHint} on={unread_mails} onChange={(on) => change({ unread_mails: on })} />
      </Section>
    </div>
  );
}

function WorkerFile({ shop, path, onPath }: { shop: string; path: string; onPath(path: string): void }) {
  const texts = PUSH_SETTINGS[language.value];
  const { found, failed, look } = useStanding(shop);
  const gateway = found && new URL(/https?:[^"']+/.exec(found.worker.snippet)?.[0] ?? location.href).origin;
  return (
    <Section title={texts.file} hint={texts.fileHint}>
      <TextLine label={texts.path} hint={texts.pathHint} value={path} most={200} keys="url" flaw={PATH.test(path) ? flaw("push.worker") : texts.badPath} onChange={(typed) => onPath(typed.trim())} />
      <div class="dev-pad">
        <p class="b5">{texts.content}</p>
        {found && <><Snippet text={found.worker.snippet} /><div class="row"><CopyButton text={found.worker.snippet} label={texts.copyLine} /></div></>}
        {gateway && <p class="d">{fill(texts.policy, { origin: gateway })}</p>}
      </div>
      <div class="dev-pad">
        <p class="b5">{texts.standing}</p>
        {failed && <p class="err" role="alert">{texts.unread}</p>}
        {!found && !failed && <p class="d"><i class="spin" /> {texts.checking}</p>}
        {found && <Origins standing={found} />}
        <div class="row"><CheckAgain look={look} />{changed.value.includes("push.worker") && <span class="d">{texts.unsaved}</span>}</div>
      </div>
    </Section>
  );
}

/** Looked at when the part is opened, once its settings are saved, and on demand: each look asks the shop's servers. */
function useStanding(shop: string) {
  const [found, setFound] = useState<Standing | null>(null);
  const [failed, setFailed] = useState(false);
  const look = () => void standing(shop).then((now) => { setFound(now); setFailed(false); }, () => setFailed(true));
  useEffect(look, [shop, saved.value?.tag]);
  return { found, failed, look };
}

function Origins({ standing: { worker } }: { standing: Standing }) {
  const texts = PUSH_SETTINGS[language.value];
  if (worker.origins.length === 0) return <p class="d">{texts.noOrigins} <a href={addressOf("settings", "developers")}>{texts.toOrigins}</a></p>;
  return (
    <ul class="dev-sightings">
      {worker.origins.map(({ origin, ok, reason }) => (
        <li key={origin}>
          <span class={ok ? "green-ink" : "brass-ink"}><Icon d={ok ? check : warning} /></span>
          <span class="grow"><a href={origin + worker.path} target="_blank" rel="noreferrer">{hostOf(origin)}{worker.path}</a> {ok ? texts.found : reason && texts.reasons[reason]}</span>
        </li>
      ))}
    </ul>
  );
}
