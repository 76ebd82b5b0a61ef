/** One frame with the widget in it, on a gateway that is none, set up as the form says. */

import { useEffect, useRef } from "preact/hooks";

import type { Ready, Told } from "../../../widget/preview/messages.ts";
import type { State } from "../../../widget/preview/scene.ts";
import type { ShopSettings } from "../shop-settings.ts";

interface Props {
  shows: "window" | "launcher";
  state: State;
  /** Of the visitor. */
  tag: string;
  theme: "light" | "dark";
  phone: boolean;
  title: string;
  settings: ShopSettings;
}

/** To be looked at, not to be used: neither the mouse nor the keyboard gets in. */
export function Stage({ shows, state, tag, theme, phone, title, settings }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(settings);
  latest.current = settings;
  const tell = () => frame.current?.contentWindow?.postMessage({ type: "settings", settings: latest.current } satisfies Told, location.origin);
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<Ready>) =>
      origin === location.origin && source === frame.current?.contentWindow && data?.type === "ready" && tell();
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);
  useEffect(tell, [settings]);
  const query = String(new URLSearchParams({ shows, state, language: tag, theme }));
  return (
    <div class={`stage ${shows} ${phone ? "phone" : ""}`}>
      <iframe key={query} ref={frame} title={title} src={`/preview/?${query}`} inert tabIndex={-1} />
    </div>
  );
}
