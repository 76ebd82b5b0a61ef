/** A test mail to the address for messages, and what became of it. */

import { Icon, mail as mailIcon } from "../../../shared/icons.tsx";
import { TestOutcome, useTestMail } from "../../guide/test-mail.tsx";
import { language } from "../../ui.tsx";
import { changed, saved } from "../draft.ts";
import { Section } from "../fields.tsx";
import { MAIL } from "./texts.ts";

export function TestMail({ shop }: { shop: string }) {
  const texts = MAIL[language.value];
  const { tested, busy, send } = useTestMail(shop);
  const mail = saved.value?.settings.mail;
  const to = mail?.notify || mail?.reply_to || "";
  const dirty = changed.value.some((path) => path.startsWith("mail."));
  return (
    <Section title={texts.test} hint={texts.testHint}>
      <div class="dev-pad">
        <div class="row"><button type="button" class="btn" disabled={busy || !to} onClick={() => send()}><Icon d={mailIcon} />{tested ? texts.again : texts.send}</button><span class="muted">{to || texts.noAddress}</span></div>
        {dirty && <p class="d">{texts.saveFirst}</p>}
        <TestOutcome tested={tested} noAddress={texts.noAddress} />
      </div>
    </Section>
  );
}
