/** What lies over the page, read when it is first asked for. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import type { Counter } from "../counter.ts";
import type { OperatorDesk } from "../operator.ts";
import { PictureOver } from "../window/files/picture.tsx";
import { LeavingDialog } from "./leaving.tsx";
import { close, overlay } from "./overlay.ts";

export interface OverlayProps { desk: OperatorDesk; counter: Counter; onClose(): void }

type Loaded = ComponentType<OverlayProps>;

const LATER: Record<"search" | "keys" | "online", () => Promise<Loaded>> = {
  search: () => import("../search/palette.tsx").then((module) => module.Palette),
  keys: () => import("../keyboard/sheet.tsx").then((module) => module.Sheet),
  online: () => import("../keyboard/going.tsx").then((module) => module.Going),
};

export function Overlays({ desk, counter }: Omit<OverlayProps, "onClose">) {
  const what = overlay.value;
  if (what === null) return null;
  if (typeof what === "object" && "pictures" in what) return <PictureOver {...what} onClose={close} />;
  if (typeof what === "object") return <LeavingDialog desk={desk} counter={counter} to={what.to} onClose={close} />;
  return <Later key={what} load={LATER[what]} desk={desk} counter={counter} onClose={close} />;
}

/** Nothing is shown until it is there; if it cannot be read, the next try reads again. */
function Later({ load, ...props }: OverlayProps & { load(): Promise<Loaded> }) {
  const [loaded, setLoaded] = useState<{ Part: Loaded } | null>(null);
  useEffect(() => {
    let here = true;
    load().then((Part) => here && setLoaded({ Part }), () => here && props.onClose());
    return () => void (here = false);
  }, []);
  return loaded && <loaded.Part {...props} />;
}
