/** The second factor's first step: the app learns the key, and proves it with six digits. */

import { useEffect, useRef, useState } from "preact/hooks";

import { isWhole } from "../../door/digits.ts";
import { useSending, whyNot } from "../../door/sending.ts";
import { Six } from "../../door/six.tsx";
import { Notice } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { Copy } from "./copy.tsx";
import { confirm, type Setup } from "./rest.ts";
import { SECURITY } from "./texts.ts";

/** `K7QM 2XTP`: as one reads it from one screen to another. */
const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, "$1 ");
/** As a picture it can carry no script of its own. */
const picture = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

export function SetUp({ setup, onCodes, onBack }: { setup: Setup; onCodes(codes: string[]): void; onBack(): void }) {
  const texts = SECURITY[language.value];
  const [digits, setDigits] = useState("");
  const sending = useSending();
  const head = useRef<HTMLHeadingElement>(null);
  const why = whyNot(sending, { second_factor_wrong: texts.digitsWrong });
  const ready = isWhole(digits);
  useEffect(() => head.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (ready) void sending.send(async () => onCodes(await confirm(digits)));
  };
  return (
    <section class="card" aria-labelledby="factor">
      <form onSubmit={submit} aria-busy={sending.busy}>
        <div class="pad bordered"><div class="row"><h3 id="factor" ref={head} class="grow" tabIndex={-1}>{texts.secondFactor}</h3><span class="meta">{texts.step1}</span></div><p class="about">{texts.appHint}</p></div>
        <div class="pad scan">
          <img class="qr" src={picture(setup.qr)} alt={texts.qr} width={148} height={148} />
          <div class="col grow">
            <p>{texts.scan}</p>
            <div class="row"><code class="key grow">{inFours(setup.secret)}</code><Copy text={setup.secret} label={texts.copyKey} /></div>
            <p><a class="textlink" href={setup.uri}>{texts.openApp}</a></p>
            <div>
              <span class="f">{texts.digits}</span>
              <Six label={texts.digits} digits={digits} wrong={why !== null} why="factor-why" onDigits={setDigits} />
            </div>
            <div id="factor-why" class="why">{why && <Notice tone="red">{why}</Notice>}</div>
          </div>
        </div>
        <div class="pad row ending">
          <button class="btn primary" aria-disabled={!ready || sending.busy || sending.wait !== null}>{texts.confirm}</button>
          <button type="button" class="btn quiet" onClick={onBack}>{texts.back}</button>
        </div>
      </form>
    </section>
  );
}
