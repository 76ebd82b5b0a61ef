/** The part about mail: addresses, sender, a test, the signature, and the words. */

import "../developers/developers.css";

import { useId } from "preact/hooks";

import { check, clock, Icon } from "../../../shared/icons.tsx";
import { mailKeys, type MailKey } from "../../guide/rest.ts";
import { language } from "../../ui.tsx";
import { useAsked } from "../developers/asked.ts";
import { CopyButton, Snippet } from "../developers/tag.tsx";
import { change, flaw } from "../draft.ts";
import { Flaw, Section, TextLine } from "../fields.tsx";
import type { PartProps } from "../registry.ts";
import type { MailSettings } from "../shop-settings.ts";
import { Templates } from "./templates.tsx";
import { TestMail } from "./test-mail.tsx";
import { MAIL } from "./texts.ts";

const MOST_ADDRESS = 254;
const MOST_NAME = 80;
const MOST_POSTAL = 300;

export function MailPart({ shop, settings }: PartProps) {
  const texts = MAIL[language.value];
  const { mail } = settings;
  const set = (given: Partial<MailSettings>) => change({ mail: { ...mail, ...given } });
  return (
    <div class="sform">
      <Section title={texts.where} hint={texts.whereHint}>
        <TextLine label={texts.notify} hint={texts.notifyHint} keys="email" value={mail.notify} most={MOST_ADDRESS} flaw={flaw("mail.notify")} onChange={(notify) => set({ notify })} />
        <TextLine label={texts.replyTo} hint={texts.replyToHint} keys="email" value={mail.reply_to} most={MOST_ADDRESS} flaw={flaw("mail.reply_to")} onChange={(reply_to) => set({ reply_to })} />
      </Section>
      <TestMail shop={shop} />
      <Section title={texts.sender} hint={texts.senderHint}>
        <TextLine label={texts.fromAddress} hint={texts.fromAddressHint} keys="email" value={mail.from_address} most={MOST_ADDRESS} flaw={flaw("mail.from_address")} onChange={(from_address) => set({ from_address })} />
        <TextLine label={texts.fromName} hint={texts.fromNameHint} value={mail.from_name} most={MOST_NAME} flaw={flaw("mail.from_name")} onChange={(from_name) => set({ from_name })} />
        <Postal value={mail.postal_address} onChange={(postal_address) => set({ postal_address })} />
      </Section>
      <Keys shop={shop} />
      <Templates languages={settings.languages} templates={mail.templates} onChange={(templates) => set({ templates })} />
    </div>
  );
}

function Postal({ value, onChange }: { value: string; onChange(value: string): void }) {
  const texts = MAIL[language.value];
  const id = useId();
  const told = flaw("mail.postal_address");
  return (
    <div class="dev-pad">
      <div><label class="b5" for={id}>{texts.postal}</label><span class="d" id={`${id}h`}>{texts.postalHint}</span></div>
      <textarea id={id} class="in" rows={3} maxLength={MOST_POSTAL} value={value} aria-describedby={`${id}h ${id}f`} aria-invalid={told !== undefined} onInput={(event) => onChange(event.currentTarget.value)} />
      {told && <Flaw id={`${id}f`}>{told}</Flaw>}
    </div>
  );
}

function Keys({ shop }: { shop: string }) {
  const texts = MAIL[language.value];
  const { value } = useAsked(() => mailKeys(shop), [shop]);
  if (value === null) return null;
  return (
    <Section title={texts.keys} hint={texts.keysHint}>
      {value.length === 0 && <p class="line muted">{texts.noKeys}</p>}
      {value.map((each) => <Key key={each.selector} one={each} />)}
    </Section>
  );
}

function Key({ one }: { one: MailKey }) {
  const texts = MAIL[language.value];
  return (
    <div class="dev-pad">
      <p class="row"><b class="grow">{one.domain}</b>{one.signs ? <span class="tag green"><Icon d={check} size={14} />{texts.signs}</span> : <span class="tag brass"><Icon d={clock} size={14} />{texts.waits}</span>}</p>
      <p class="d">{texts.recordName}</p><Snippet text={one.name} />
      <p class="d">{texts.record}</p><Snippet text={one.record} />
      <div class="row"><CopyButton text={one.record} label={texts.copy} /></div>
    </div>
  );
}
