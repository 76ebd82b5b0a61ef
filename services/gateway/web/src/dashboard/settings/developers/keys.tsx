/** API keys: made, shown once, renewed, revoked. */

import { useState } from "preact/hooks";

import { Icon, keyRing, plus } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { dayAlone, momentAlone } from "../../dates.ts";
import { Confirm, language, now, t } from "../../ui.tsx";
import { Section } from "../fields.tsx";
import { useHeld } from "../held.ts";
import { useAsked } from "./asked.ts";
import { KeyDialog } from "./key-dialog.tsx";
import { apiKeys, makeApiKey, revokeApiKey, rotateApiKey, type ApiKey, type Scope } from "./rest.ts";
import { CopyButton } from "./tag.tsx";
import { DEVELOPERS } from "./texts.ts";

type Asking = { what: "make" } | { what: "rotate" | "revoke"; key: ApiKey };

export function ApiKeys({ shop }: { shop: string }) {
  const texts = DEVELOPERS[language.value];
  const { value, failed, busy, again, run } = useAsked(() => apiKeys(shop), [shop]);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const done = () => setAsking(null);
  const take = (deed: () => Promise<{ key: string }>) => run(async () => setMade((await deed()).key));
  const make = async (name: string, scopes: Scope[]) => {
    const worked = await take(() => makeApiKey(shop, name, scopes));
    if (worked) done();
    return worked;
  };
  return (
    <Section title={texts.keys} hint={texts.keysHint}>
      {made !== null && <Made made={made} onTaken={() => setMade(null)} />}
      {value?.length === 0 && <p class="line muted">{texts.noKeys}</p>}
      {value !== null && value.length > 0 && <Table keys={value} onAsk={setAsking} />}
      {failed && <p class="line"><span class="err" role="alert">{value ? texts.failed : texts.unread}</span>{!value && <button type="button" class="btn sm" onClick={() => void again()}>{t().tryAgain}</button>}</p>}
      <p class="line dev-slim"><button type="button" class="btn sm" onClick={() => setAsking({ what: "make" })}><Icon d={plus} />{texts.newKey}</button></p>
      {asking?.what === "make" && <KeyDialog busy={busy} onClose={done} onMake={make} />}
      {asking?.what === "rotate" && (
        <Confirm title={fill(texts.rotateTitle, { name: asking.key.name })} hint={texts.rotateHint} yes={texts.rotateYes} no={texts.cancel} busy={busy} onNo={done} onYes={() => void take(() => rotateApiKey(shop, asking.key.id)).then(done)} />
      )}
      {asking?.what === "revoke" && (
        <Confirm title={fill(texts.revokeTitle, { name: asking.key.name })} hint={texts.revokeHint} yes={texts.revokeYes} no={texts.keep} busy={busy} onNo={done} onYes={() => void run(() => revokeApiKey(shop, asking.key.id)).then(done)} />
      )}
    </Section>
  );
}

/** The only time that the key is there to read. */
function Made({ made, onTaken }: { made: string; onTaken(): void }) {
  const texts = DEVELOPERS[language.value];
  useHeld(texts.newKey);
  return (
    <div class="note green dev-new" role="status">
      <Icon d={keyRing} size={18} /><span class="grow"><b>{texts.yourKey}</b><code>{made}</code></span>
      <CopyButton text={made} label={texts.copy} /><button type="button" class="btn sm" onClick={onTaken}>{texts.haveIt}</button>
    </div>
  );
}

function Table({ keys, onAsk }: { keys: readonly ApiKey[]; onAsk(asking: Asking): void }) {
  const texts = DEVELOPERS[language.value];
  const { columns } = texts;
  return (
    <div class="dev-keys">
      <table aria-label={texts.keys}>
        <thead><tr><th>{columns.name}</th><th>{columns.key}</th><th>{columns.may}</th><th>{columns.made}</th><th>{columns.used}</th><th><span class="sr">{texts.deeds}</span></th></tr></thead>
        <tbody>{keys.map((each) => <Row key={each.id} one={each} onAsk={onAsk} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ one, onAsk }: { one: ApiKey; onAsk(asking: Asking): void }) {
  const texts = DEVELOPERS[language.value];
  const made = fill(texts.madeBy, { when: dayAlone(language.value, one.created_at, now.value), name: one.created_by });
  return (
    <tr>
      <td class="b5">{one.name}</td>
      <td><code>{one.prefix} …</code></td>
      <td>{one.scopes.map((each) => texts.scope[each as Scope] ?? each).join(", ")}</td>
      <td class="muted">{made}</td>
      <td class="muted">{one.last_used_at ? momentAlone(language.value, one.last_used_at, now.value) : texts.never}</td>
      <td><span class="row">
        <button type="button" class="btn sm" onClick={() => onAsk({ what: "rotate", key: one })}>{texts.rotate}<span class="sr"> {one.name}</span></button>
        <button type="button" class="btn sm danger-ink" onClick={() => onAsk({ what: "revoke", key: one })}>{texts.revoke}<span class="sr"> {one.name}</span></button>
      </span></td>
    </tr>
  );
}
