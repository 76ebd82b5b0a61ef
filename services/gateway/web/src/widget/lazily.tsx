/** Parts of the window that few visitors ask for: each is fetched when it is first wanted. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { FirstSay, Say } from "./say.ts";
import { tell } from "./signals.ts";

type Part = (props: never) => ComponentChildren;

/** As those see it who have the texts of the first part only. */
type Early<P> = P extends (props: infer Props extends { say: Say }) => infer Drawn ? (props: Omit<Props, "say"> & { say: FirstSay }) => Drawn : P;

const AGAIN_MS = 3_000;

let words: () => Promise<unknown>;

/** What fetches the texts of such parts. */
export function speak(more: () => Promise<unknown>): void {
  words = more;
}

/** The part of that `name`; `meanwhile` stands there until it has come. It is asked for until it does. */
export function lazily<Module, Name extends keyof Module>(
  fetch: () => Promise<Module>, name: Name, meanwhile: Part = () => null,
): Early<Module[Name]> {
  let found: Module | undefined;
  function Lazy(props: never): ComponentChildren {
    const [, draw] = useState(false);
    useEffect(() => {
      let timer = 0;
      const get = () => Promise.all([fetch(), words()]).then(([module]) => {
        found = module;
        draw(true);
        // What stands around it may have to make room.
        tell();
      }, () => (timer = setTimeout(get, AGAIN_MS) as unknown as number));
      if (!found) void get();
      return () => clearTimeout(timer);
    }, []);
    const Now = (found ? found[name] : meanwhile) as (props: object) => ComponentChildren;
    return <Now {...(props as object)} />;
  }
  return Lazy as Early<Module[Name]>;
}

export const extras = () => import("./extras.ts");
export const files = () => import("./files.ts");
export const forms = () => import("./forms.ts");
