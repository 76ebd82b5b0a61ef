/** The address of the shop's icon, and the picture that is there. */

import { useEffect, useState } from "preact/hooks";

import { fill } from "../../../shared/language.ts";
import { language } from "../../ui.tsx";
import { flaw } from "../draft.ts";
import { Section, TextLine } from "../fields.tsx";
import { iconFlawOf, isShownHere } from "./icon-address.ts";
import { ShopIcon, type Came } from "./shop-icon.tsx";
import { PUSH_SETTINGS } from "./texts.ts";

const MOST = 300;
const TYPED_MS = 500;
/** Smaller ones are blurred on phones. */
const LEAST_PX = 96;

export function IconField({ icon, origins, name, onIcon }: { icon: string; origins: readonly string[]; name: string; onIcon(icon: string): void }) {
  const texts = PUSH_SETTINGS[language.value];
  const [came, setCame] = useState<{ of: string; found: Came } | null>(null);
  const wrong = iconFlawOf(icon, origins);
  const showable = wrong || !isShownHere(icon, location.origin) ? "" : icon;
  const [shown, setShown] = useState(showable);
  // Half an address is asked of nobody.
  useEffect(() => {
    const timer = setTimeout(() => setShown(showable), TYPED_MS);
    return () => clearTimeout(timer);
  }, [showable]);
  const found = came?.of === shown ? came.found : undefined;
  return (
    <Section title={texts.icon} hint={texts.iconHint}>
      <div class="ps-wide"><TextLine label={texts.iconAddress} hint={texts.iconAddressHint} value={icon} most={MOST} keys="url" flaw={wrong ? texts.iconFlaws[wrong] : flaw("push.icon")} onChange={(typed) => onIcon(typed.trim())} /></div>
      <div class="ps-icon">
        <div class="ps-toast" aria-hidden="true"><ShopIcon key={shown} icon={shown} onCame={(found) => setCame({ of: shown, found })} /><span><b>{name}</b><br />{texts.sample}</span></div>
        <p class={found === null || isPoor(found) ? "brass-ink" : "muted"} role="status">{icon && shown !== icon ? "" : sizeWords(shown, found)}</p>
      </div>
    </Section>
  );
}

const isPoor = (found: Came | undefined) => found != null && (found.width !== found.height || found.width < LEAST_PX);

function sizeWords(icon: string, found: Came | undefined): string {
  const texts = PUSH_SETTINGS[language.value];
  if (!icon) return texts.noIcon;
  if (found === undefined) return "";
  if (found === null) return texts.noPicture;
  const { width, height } = found;
  const said = fill(texts.size, { width, height });
  if (width !== height) return `${said} ${texts.notSquare}`;
  return width < LEAST_PX ? `${said} ${texts.small}` : said;
}
