/** Parts of the window that few visitors ask for: each is fetched when it is first wanted. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

type Part = (props: never) => ComponentChildren;

const AGAIN_MS = 3_000;

/** The part of that `name`; `meanwhile` stands there until it has come. It is asked for until it does. */
export function lazily<Module, Name extends keyof Module>(
  fetch: () => Promise<Module>, name: Name, meanwhile: Module[Name] & Part = (() => null) as unknown as Module[Name] & Part,
): Module[Name] {
  let found: Module | undefined;
  function Lazy(props: never): ComponentChildren {
    const [, draw] = useState(false);
    useEffect(() => {
      let timer = 0;
      const get = () => fetch().then((module) => {
        found = module;
        draw(true);
      }, () => (timer = setTimeout(get, AGAIN_MS) as unknown as number));
      if (!found) void get();
      return () => clearTimeout(timer);
    }, []);
    const Now = (found ? found[name] : meanwhile) as (props: object) => ComponentChildren;
    return <Now {...(props as object)} />;
  }
  return Lazy as Module[Name];
}

export const extras = () => import("./extras.ts");
export const forms = () => import("./forms.ts");
