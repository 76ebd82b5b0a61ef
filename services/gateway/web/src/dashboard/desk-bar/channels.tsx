/** The operator's own channels: how many there are, which are taken, and opening and closing them by hand. */

import { cross, Icon, plus } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import type { OperatorDesk } from "../operator.ts";
import { language, narrow } from "../ui.tsx";
import { DESK_BAR_TEXTS } from "./texts.ts";

/** More boxes than this say less than the number. */
const BOXES = 12;

export function ChannelCount({ desk }: { desk: OperatorDesk }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const mine = desk.channels.value;
  const busy = mine.filter((each) => each.conversation).length;
  const shown = Math.min(mine.length, BOXES);
  // Taken ones stand first, as many as their share of the boxes.
  const taken = Math.min(busy, shown - (mine.length > busy && busy >= shown ? 1 : 0));
  return (
    <span class="row channels">
      {shown > 0 && <span class="chan" aria-hidden="true">{Array.from({ length: shown }, (_, at) => <i key={at} class={at < taken ? "busy" : ""} />)}</span>}
      <span><b>{fill(texts.of, { a: busy, b: mine.length })}</b> <span class="muted words">{narrow.value ? texts.busy : desk.manual.value ? texts.openBusy : texts.channelsBusy}</span></span>
    </span>
  );
}

export function ManualChannels({ desk }: { desk: OperatorDesk }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const free = desk.channels.value.findLast((each) => !each.conversation);
  const opening = desk.underWay.value.has("open_channel");
  return (
    <span class="row manual">
      <button class="btn sm" aria-busy={opening} title={texts.openChannel} onClick={() => !opening && desk.openChannel()}>
        <Icon d={plus} size={15} /><span class="words">{texts.openChannel}</span><kbd aria-hidden="true">N</kbd>
      </button>
      {free && (
        <button class="ib" aria-label={texts.closeChannel} title={texts.closeChannel} onClick={() => desk.closeChannel(free.channel)}><Icon d={cross} size={15} /></button>
      )}
      {desk.mayChangeSettings.value && <Reopens desk={desk} />}
    </span>
  );
}

function Reopens({ desk }: { desk: OperatorDesk }) {
  const texts = DESK_BAR_TEXTS[language.value];
  const on = desk.settings.value.reopen_channels ?? false;
  return (
    <label class="tick reopens" title={texts.reopens}>
      <input type="checkbox" checked={on} onChange={(event) => void desk.reopenChannels(event.currentTarget.checked)} />
      <span class="cb"><Icon d="m5.5 12.5 4.2 4.2 8.8-9.2" size={12} stroke={1.1} /></span><span class="words cut">{texts.reopens}</span>
    </label>
  );
}
