/** Where the links of a mail lead that staff have sent to themselves. */

import { useEffect } from "preact/hooks";
import type { Language } from "../shared/language.ts";
import { Notice } from "./sent.tsx";
import { texts } from "./texts.ts";

export function Test({ of }: { of: Language }) {
  const t = texts[of];
  useEffect(() => {
    document.documentElement.lang = of;
    document.title = t.test;
  }, [of]);
  return <div class="page"><main><Notice title={t.test} hint={t.testHint} /></main></div>;
}
