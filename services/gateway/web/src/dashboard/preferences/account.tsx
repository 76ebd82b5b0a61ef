/** The person's own menu: what is heard and shown, keys, language, theme, and the way out. */

import { useEffect, useRef, useState } from "preact/hooks";

import { check, help, leave, lock, Icon } from "../../shared/icons.tsx";
import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { OUTREACH } from "../outreach.ts";
import { LANGUAGES, type Language } from "../../shared/language.ts";
import { Segments } from "../parts.tsx";
import { tellLanguage, who, type WorkPlace } from "../rest.ts";
import { addressOf } from "../route.ts";
import { choose, initialsOf, language, LANGUAGE_NAMES, t, theme, type Theme } from "../ui.tsx";
import { lookAgain, permission, request } from "../alerts/notify.ts";
import { choices, turn } from "./choices.ts";
import { leaving } from "./leaving.tsx";
import { PushSwitch } from "./push-switch.tsx";
import { Toggle } from "./toggle.tsx";
import { PREFERENCES } from "./texts.ts";

interface Props { desk: OperatorDesk; counter: Counter }

export function Account({ desk, counter }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const name = desk.me.value?.name ?? "";
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    lookAgain();
    box.current?.querySelector<HTMLElement>(".pop button, .pop input")?.focus();
    const away = ({ target }: Event) => box.current?.contains(target as Node) || setOpen(false);
    addEventListener("pointerdown", away);
    addEventListener("focusin", away);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("focusin", away);
    };
  }, [open]);
  const onKey = (event: KeyboardEvent) => {
    if (!open || event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return (
    <div class="account" ref={box} onKeyDown={onKey}>
      <button ref={button} class="av t2" aria-haspopup="dialog" aria-expanded={open} aria-label={`${t().account}: ${name}`} onClick={() => (open ? close() : setOpen(true))}>
        <span aria-hidden="true">{initialsOf(name)}</span>
      </button>
      {open && <Menu desk={desk} counter={counter} onClose={close} />}
    </div>
  );
}

function Menu({ desk, counter, onClose }: Props & { onClose(): void }) {
  const texts = PREFERENCES[language.value];
  return (
    <div class="pop own" role="dialog" aria-label={texts.preferences}>
      <div class="who">
        <b class="cut">{desk.me.value?.name}</b>
        <span class="muted cut">{desk.shop.value?.name}</span>
      </div>
      <Shops current={desk.shop.value?.id ?? ""} onChoose={(to) => { onClose(); leaving(desk, counter, to); }} />
      <div class="toggles">
        <Toggle label={texts.sounds} hint={texts.soundsHint} on={choices.sounds.value} onChange={(on) => turn("sounds", on)} />
        <NotificationSwitch />
        <PushSwitch operator={desk.me.value?.id ?? ""} />
        <Toggle wide label={texts.letters} hint={texts.lettersHint} on={choices.letters.value} onChange={(on) => turn("letters", on)} />
      </div>
      <div class="choice"><span class="muted">{texts.theme}</span>
        <Segments<Theme> label={texts.theme} value={theme.value} onChange={(value) => choose("theme", value)}
          options={(["system", "light", "dark"] as const).map((value) => ({ value, label: texts[value] }))} />
      </div>
      <div class="choice"><span class="muted">{texts.language}</span>
        <Segments label={texts.language} value={language.value} onChange={speak}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} />
      </div>
      {desk.mayChangeSettings.value && OUTREACH.map((each) => <a key={each.page} class="btn phone-only" href={addressOf(each.page)} onClick={onClose}><Icon d={each.icon} />{t()[each.page]}</a>)}
      <a class="btn" href={addressOf("help")} onClick={onClose}><Icon d={help} />{t().help}</a>
      <a class="btn" href={addressOf("settings", "security")} onClick={onClose}><Icon d={lock} />{texts.security}</a>
      <button class="btn" onClick={() => { onClose(); leaving(desk, counter); }}><Icon d={leave} />{t().signOut}</button>
    </div>
  );
}

/** Mails speak it, too; whether they know is no matter for the page. */
function speak(value: Language): void {
  choose("language", value);
  tellLanguage(value).catch(() => {});
}

/** The shops where the person works, if there are several. */
function Shops({ current, onChoose }: { current: string; onChoose(to: WorkPlace): void }) {
  const [shops, setShops] = useState<readonly WorkPlace[]>([]);
  useEffect(() => {
    who().then((session) => setShops(session.shops), () => {});
  }, []);
  if (shops.length < 2) return null;
  return (
    <ul class="shops" aria-label={PREFERENCES[language.value].shops}>
      {shops.map((each) => (
        <li key={each.id}>
          <button aria-current={each.id === current || undefined} onClick={() => each.id !== current && onChoose(each)}>
            <span class="grow cut">{each.name}</span>{each.id === current && <Icon d={check} size={15} />}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** On means: wanted here, and allowed by the browser. */
function NotificationSwitch() {
  const texts = PREFERENCES[language.value];
  const allowed = permission.value;
  const change = async (on: boolean) => turn("notifications", on && (allowed === "granted" || (await request())));
  const hint = allowed === "denied" ? texts.notificationsDenied : allowed === "unsupported" ? texts.notificationsNone : texts.notificationsHint;
  return (
    <Toggle label={texts.notifications} hint={hint} on={choices.notifications.value && allowed === "granted"}
      disabled={allowed === "denied" || allowed === "unsupported"} onChange={(on) => void change(on)} />
  );
}
