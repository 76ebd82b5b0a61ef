/** Who works in several shops says in which they are now. */

import { plural } from "../../shared/language.ts";
import { Notice } from "../parts.tsx";
import { changeShop, type Session } from "../rest.ts";
import { language } from "../ui.tsx";
import { Card } from "./card.tsx";
import { useSending, whyNot } from "./sending.ts";
import { DOOR } from "./texts.ts";

export function ShopChoice({ session, onDone }: { session: Session; onDone(): void }) {
  const sending = useSending();
  const texts = DOOR[language.value];
  const why = whyNot(sending, {});
  const choose = async (shop: string) => {
    if (await sending.send(() => (shop === session.shop ? Promise.resolve() : changeShop(shop)))) onDone();
  };
  return (
    <Card title={texts.shopTitle} lead={plural(language.value, session.shops.length, texts.shopLead)} busy={sending.busy} why={why && <Notice tone="red">{why}</Notice>}>
      <ul class="mine" aria-label={texts.shops}>
        {session.shops.map((each, at) => (
          <li key={each.id}>
            <button type="button" autofocus={at === 0} onClick={() => void choose(each.id)}><b class="grow cut">{each.name}</b><span class="meta">{texts.roles[each.role]}</span></button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
