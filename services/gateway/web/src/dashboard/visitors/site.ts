/** Who is on the shop's pages: folds of what the gateway tells. Pure. */

import type { VisitorOnSite, Visitors } from "../../shared/protocol.ts";

export interface Site {
  /** By the visitor's id. */
  here: ReadonlyMap<string, VisitorOnSite>;
  /** How many beyond these there are. */
  more: number;
}

export function afterVisitors(before: Site | null, frame: Visitors): Site {
  const here = new Map(frame.whole ? [] : before?.here);
  for (const id of frame.gone ?? []) here.delete(id);
  for (const each of frame.here) here.set(each.id, each);
  return { here, more: frame.more ?? 0 };
}
