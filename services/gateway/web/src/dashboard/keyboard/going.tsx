/** The key for online and offline asks first: one letter is pressed too easily. */

import { plural } from "../../shared/language.ts";
import { Dialog } from "../parts.tsx";
import type { OverlayProps } from "../preferences/overlays.tsx";
import { language } from "../ui.tsx";
import { KEYBOARD } from "./texts.ts";

export function Going({ desk, onClose }: OverlayProps) {
  const texts = KEYBOARD[language.value];
  const online = desk.online.value;
  const ongoing = desk.ongoing.value.length;
  const fate = desk.settings.value.on_leave === "end" ? texts.ended : texts.kept;
  const go = () => {
    desk.goOnline(!online);
    onClose();
  };
  return (
    <Dialog role="alertdialog" title={online ? texts.goOffline : texts.goOnline} onClose={onClose}>
      <p class="muted">{online ? texts.goOfflineHint : texts.goOnlineHint}{online && ongoing > 0 && ` ${plural(language.value, ongoing, fate)}`}</p>
      <div class="row">
        <button class="btn primary" onClick={go}>{online ? texts.goOfflineYes : texts.goOnlineYes}</button>
        <button class="btn safe" onClick={onClose}>{texts.stay}</button>
      </div>
    </Dialog>
  );
}
