/** Signing secrets: the current one, one that is still accepted, and making another. */

import { useState } from "preact/hooks";

import { check, clock, Icon, plus } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { momentOf } from "../../dates.ts";
import { Notice } from "../../parts.tsx";
import { Confirm, language, now, t } from "../../ui.tsx";
import { Section } from "../fields.tsx";
import { useAsked } from "./asked.ts";
import { endSecret, makeSecret, secrets, showSecret, type SigningSecret } from "./rest.ts";
import { CopyButton } from "./tag.tsx";
import { DEVELOPERS } from "./texts.ts";

export function Secrets({ shop }: { shop: string }) {
  const texts = DEVELOPERS[language.value];
  const { value, failed, busy, again, run } = useAsked(() => secrets(shop), [shop]);
  const [shown, setShown] = useState<{ kid: string; secret: string } | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const [third, setThird] = useState(false);
  const make = () => run(async () => setShown(await makeSecret(shop)));
  const show = (kid: string) => (shown?.kid === kid ? setShown(null) : void showSecret(shop, kid).then(setShown, () => void again()));
  const all = value ?? [];
  const current = all.find((each) => each.expires_at === null);
  const oldInUse = all.some((each) => each.expires_at !== null && each.last_used_at && each.last_used_at > (current?.last_used_at ?? ""));
  return (
    <Section title={texts.secrets} hint={texts.secretsHint}>
      {value?.length === 0 && <p class="line muted">{texts.noSecrets}</p>}
      {all.map((each) => <Row key={each.kid} secret={each} shown={shown?.kid === each.kid ? shown.secret : null} onShow={() => show(each.kid)} onEnd={() => setEnding(each.kid)} />)}
      {oldInUse && <div class="dev-pad"><Notice>{texts.stillOld}</Notice></div>}
      {failed && <p class="line"><span class="err" role="alert">{value ? texts.failed : texts.unread}</span>{!value && <button type="button" class="btn sm" onClick={() => void again()}>{t().tryAgain}</button>}</p>}
      <p class="line dev-slim"><button type="button" class="btn sm" aria-disabled={busy} onClick={() => (all.length > 1 ? setThird(true) : void make())}><Icon d={plus} />{texts.newSecret}</button></p>
      {third && <Confirm title={texts.thirdTitle} hint={texts.thirdHint} yes={texts.thirdYes} no={texts.cancel} busy={busy} onNo={() => setThird(false)} onYes={() => void make().then(() => setThird(false))} />}
      {ending !== null && (
        <Confirm title={texts.endSecretTitle} hint={texts.endSecretHint} yes={texts.endSecretYes} no={texts.keep} busy={busy} onNo={() => setEnding(null)}
          onYes={() => void run(() => endSecret(shop, ending)).then(() => setEnding(null))} />
      )}
    </Section>
  );
}

function Row({ secret, shown, onShow, onEnd }: { secret: SigningSecret; shown: string | null; onShow(): void; onEnd(): void }) {
  const texts = DEVELOPERS[language.value];
  const moment = (at: string) => momentOf(language.value, at, now.value);
  const used = secret.last_used_at ? fill(texts.usedAt, { when: moment(secret.last_used_at) }) : texts.neverUsed;
  return (
    <div class="line dev-wrap">
      <span class="grow"><code>{secret.kid}</code><span class="d">{secret.expires_at === null ? `${fill(texts.made, { when: moment(secret.created_at) })}, ${texts.signs}` : texts.stillAccepted}; {used}</span></span>
      {secret.expires_at === null
        ? <span class="tag green"><Icon d={check} size={14} />{texts.current}</span>
        : <span class="tag brass"><Icon d={clock} size={14} />{fill(texts.until, { when: moment(secret.expires_at) })}</span>}
      <button type="button" class="btn sm" aria-expanded={shown !== null} onClick={onShow}>{shown === null ? texts.show : texts.hide}<span class="sr"> {secret.kid}</span></button>
      {secret.expires_at !== null && <button type="button" class="btn sm danger-ink" onClick={onEnd}>{texts.endNow}<span class="sr"> {secret.kid}</span></button>}
      {shown !== null && <span class="dev-secret"><code>{shown}</code><CopyButton text={shown} label={texts.copy} /></span>}
    </div>
  );
}
