/** The one switch that makes the shop's widget appear. */

import type { OperatorDesk } from "../operator.ts";
import { language, Switch } from "../ui.tsx";
import { DESK_BAR_TEXTS } from "./texts.ts";

export function OnlineSwitch({ desk }: { desk: OperatorDesk }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const online = desk.online.value;
  const under = desk.underWay.value;
  const busy = under.has("go_online") || under.has("go_offline");
  return <Switch on={online} busy={busy} label={online ? texts.online : texts.offline} onChange={(on) => desk.goOnline(on)} />;
}
