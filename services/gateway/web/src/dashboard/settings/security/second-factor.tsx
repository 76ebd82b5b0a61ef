/** The second factor: off, being set up, on. */

import { useState } from "preact/hooks";

import { check, Icon } from "../../../shared/icons.tsx";
import { fill, plural } from "../../../shared/language.ts";
import { useSending, whyNot } from "../../door/sending.ts";
import { dayOf } from "../../dates.ts";
import { Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { AskPassword } from "./ask-password.tsx";
import { Codes } from "./codes.tsx";
import * as rest from "./rest.ts";
import { SetUp } from "./set-up.tsx";
import { SECURITY } from "./texts.ts";

interface Props { account: rest.Account; onChanged(): void }

type Stage = { name: "rest" } | { name: "set-up"; setup: rest.Setup } | { name: "codes"; codes: string[]; first: boolean };

export function SecondFactor({ account, onChanged }: Props) {
  const [stage, setStage] = useState<Stage>({ name: "rest" });
  const settle = () => setStage({ name: "rest" });
  const codes = (list: string[], first: boolean) => {
    setStage({ name: "codes", codes: list, first });
    onChanged();
  };
  if (stage.name === "set-up") return <SetUp setup={stage.setup} onCodes={(list) => codes(list, true)} onBack={settle} />;
  if (stage.name === "codes") return <Codes email={account.email} codes={stage.codes} first={stage.first} onDone={settle} />;
  return account.second_factor
    ? <On factor={account.second_factor} onChanged={onChanged} onCodes={(list) => codes(list, false)} />
    : <Off onSetup={(setup) => setStage({ name: "set-up", setup })} />;
}

function Off({ onSetup }: { onSetup(setup: rest.Setup): void }) {
  const texts = SECURITY[language.value];
  const sending = useSending();
  const why = whyNot(sending, {});
  return (
    <section class="card pad" aria-labelledby="factor">
      <div class="row"><h3 id="factor" class="grow">{texts.secondFactor}</h3><span class="tag brass">{texts.off}</span></div>
      <p class="about">{texts.offHint}</p>
      {why && <Notice tone="red">{why}</Notice>}
      <div class="row"><button class="btn primary" aria-disabled={sending.busy} onClick={() => void sending.send(async () => onSetup(await rest.setUp()))}>{texts.turnOn}</button></div>
    </section>
  );
}

function On({ factor, onChanged, onCodes }: { factor: NonNullable<rest.Account["second_factor"]>; onChanged(): void; onCodes(codes: string[]): void }) {
  const texts = SECURITY[language.value];
  const [asking, setAsking] = useState<"off" | "codes" | null>(null);
  const since = fill(texts.onSince, { day: dayOf(language.value, factor.since) });
  const newCodes = async (password: string) => {
    const codes = await rest.newCodes(password);
    setAsking(null);
    onCodes(codes);
  };
  const turnOff = async (password: string) => {
    await rest.turnOff(password);
    setAsking(null);
    onChanged();
  };
  return (
    <section class="card" aria-labelledby="factor">
      <div class="line"><span class="grow"><h3 id="factor">{texts.secondFactor}</h3><span class={factor.codes_left < 3 ? "d brass-ink" : "d"}>{since}, {plural(language.value, factor.codes_left, texts.codesLeft)}</span></span>
        <span class="tag green"><Icon d={check} size={13} stroke={1.2} />{texts.on}</span></div>
      <div class="line ending">
        <button class="btn sm" onClick={() => setAsking("codes")}>{texts.newCodes}</button>
        <button class="btn sm" onClick={() => setAsking("off")}>{texts.turnOff}</button>
      </div>
      {asking === "codes" && <AskPassword title={texts.newCodesTitle} hint={texts.newCodesHint} deed={texts.newCodesButton} onPassword={newCodes} onClose={() => setAsking(null)} />}
      {asking === "off" && <AskPassword title={texts.offSure} hint={texts.offSureHint} deed={texts.turnOff} danger onPassword={turnOff} onClose={() => setAsking(null)} />}
    </section>
  );
}
