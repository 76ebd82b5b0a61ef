/** Parts that are read when they are first wanted: the first page comes sooner without them. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import { noSignal, reopen, Icon } from "../shared/icons.tsx";
import { Skeleton } from "./parts.tsx";
import { Empty, t } from "./ui.tsx";

/** A component that stands in for the one `load` brings, and is it from then on. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Loaded || failed) return;
      let here = true;
      load().then((part) => { Loaded = part; }, () => here && setFailed(true)).finally(() => here && redraw((times) => times + 1));
      return () => void (here = false);
    }, [failed]);
    if (Loaded) return <Loaded {...props} />;
    return <main class="page-later">{failed ? <Unread onRetry={() => setFailed(false)} /> : <Skeleton />}</main>;
  };
}

/** A newer version may have replaced the files of this one: then only a reload helps. */
function Unread({ onRetry }: { onRetry(): void }) {
  const texts = t();
  return (
    <Empty icon={noSignal} title={texts.pageUnread} hint={texts.pageUnreadHint}>
      <span class="row">
        <button class="btn primary" onClick={onRetry}><Icon d={reopen} />{texts.tryAgain}</button>
        <button class="btn" onClick={() => location.reload()}>{texts.reload}</button>
      </span>
    </Empty>
  );
}
