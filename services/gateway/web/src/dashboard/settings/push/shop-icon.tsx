/** The picture beside a notification: the shop's, or what stands for the browser's own. */

import "./push.css";

import { useState } from "preact/hooks";

import { bell, Icon } from "../../../shared/icons.tsx";

/** Of a picture that came: its size in pixels. Null: none came. */
export type Came = { width: number; height: number } | null;

export function ShopIcon({ icon, onCame }: { icon: string | null; onCame?(came: Came): void }) {
  const [failed, setFailed] = useState("");
  if (!icon || failed === icon) return <span class="ps-pic"><Icon d={bell} size={24} /></span>;
  return (
    <img class="ps-pic" src={icon} alt="" width={48} height={48} referrerpolicy="no-referrer"
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => onCame?.({ width, height })}
      onError={() => { setFailed(icon); onCame?.(null); }} />
  );
}
