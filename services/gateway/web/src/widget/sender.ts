/** Sends the files that the visitor chose, also while the window is closed. */

import { sendingTo } from "../shared/files/sending.ts";
import { Uploads, type Chosen } from "../shared/files/uploads.ts";
import type { Session } from "./session.ts";
import { onChange } from "./signals.ts";

const senders = new WeakMap<Session, Uploads>();

/** There is one a session. */
export function senderOf(session: Session): Uploads {
  const known = senders.get(session);
  if (known) return known;
  const uploads = new Uploads(sendingTo((chosen) => requestFor(session, chosen)), (chosen, details) => session.files.send(chosen, details));
  senders.set(session, uploads);
  let away = session.away.value;
  onChange(() => {
    uploads.follow(session.files.chosen.value);
    const back = away && !session.away.value;
    away = session.away.value;
    if (back) uploads.reconnected();
  });
  uploads.follow(session.files.chosen.value);
  return uploads;
}

/** Without cookies, as all that the widget asks. */
function requestFor(session: Session, { conversation }: Chosen): { url: string; headers: Record<string, string> } {
  const { config } = session.host;
  const { token, identity } = session.host.who();
  const what = new URLSearchParams({ conversation });
  return {
    url: `${config.origin}/v1/shops/${encodeURIComponent(config.shop)}/attachments?${what}`,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(identity && { "Shopbell-Identity": identity }) },
  };
}
