/** Parts of the window that few visitors ask for: each is fetched when it is first wanted. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

type Part<Props> = (props: Props) => ComponentChildren;

const AGAIN_MS = 3_000;

/** `meanwhile` stands there until the part has come; it is asked for until it does. */
export function lazily<Props extends object>(fetch: () => Promise<Part<Props>>, meanwhile: Part<Props>): Part<Props> {
  let found: Part<Props> | undefined;
  return function Lazy(props: Props) {
    const [, draw] = useState(false);
    useEffect(() => {
      let timer = 0;
      const get = () => fetch().then((part) => {
        found = part;
        draw(true);
      }, () => (timer = setTimeout(get, AGAIN_MS) as unknown as number));
      if (!found) void get();
      return () => clearTimeout(timer);
    }, []);
    const Now = found ?? meanwhile;
    return <Now {...props} />;
  };
}
