/** The recovery codes, shown once. */

import { useEffect, useRef, useState } from "preact/hooks";

import { check, download, Icon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { save } from "../../parts.tsx";
import { language } from "../../ui.tsx";
import { useHeld } from "../held.ts";
import { Copy } from "./copy.tsx";
import { SECURITY } from "./texts.ts";

/** `first`: the second factor was turned on just now. */
export function Codes({ email, codes, first, onDone }: { email: string; codes: readonly string[]; first: boolean; onDone(): void }) {
  const texts = SECURITY[language.value];
  const [kept, setKept] = useState(false);
  useHeld(kept ? null : texts.codes);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const paper = [fill(texts.codesFile, { host: location.host, email }), "", ...codes, ""].join("\n");
  return (
    <section class="card pad" aria-labelledby="codes">
      <div class="row"><h3 id="codes" ref={head} class="grow" tabIndex={-1}>{texts.codes}</h3>{first && <span class="meta">{texts.step2}</span>}</div>
      <p class="about">{first ? texts.codesHint : texts.codesReplaced}</p>
      <ul class="cds">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div class="row">
        <button class="btn sm" onClick={() => save(new Blob([paper], { type: "text/plain" }), "shopbell-recovery-codes.txt")}><Icon d={download} />{texts.download}</button>
        <Copy text={codes.join("\n")} label={texts.copyCodes} word={texts.copy} />
      </div>
      <hr />
      <div class="row">
        <label class="tick grow"><input type="checkbox" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} /><span class="cb" aria-hidden="true"><Icon d={check} size={12} stroke={1.5} /></span>{texts.safe}</label>
        <button class="btn" aria-disabled={!kept} onClick={() => kept && onDone()}>{texts.done}</button>
      </div>
    </section>
  );
}
