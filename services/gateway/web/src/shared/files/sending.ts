/** One file over XMLHttpRequest, the only way by which a browser tells how much of it has gone. */

import type { Answer, Begin, Chosen } from "./uploads.ts";

/** Without a sign of life for so long, it has broken. */
const SILENT_MS = 30_000;

/** `request`: where a file goes, and with which headers beside those of every upload. */
export function sendingTo(request: (chosen: Chosen) => { url: string; headers?: Record<string, string> }): Begin {
  return (chosen, progress) => {
    const { file, key } = chosen;
    const { url, headers = {} } = request(chosen);
    const xhr = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => xhr.abort(), SILENT_MS);
    };
    const answer = new Promise<Answer>((settle) => {
      xhr.onloadend = () => {
        clearTimeout(timer);
        settle(answerOf(xhr));
      };
    });
    xhr.upload.onprogress = ({ loaded }) => {
      alive();
      progress(Math.min(loaded, file.size));
    };
    xhr.open("POST", url);
    const sent = { "Content-Type": "application/octet-stream", "Idempotency-Key": key, "Shopbell-File-Name": encodeURIComponent(wellFormed(file.name)), ...headers };
    for (const [name, value] of Object.entries(sent)) xhr.setRequestHeader(name, value);
    xhr.send(file);
    alive();
    return { answer, abort: () => xhr.abort() };
  };
}

function answerOf(xhr: XMLHttpRequest): Answer {
  const { status } = xhr;
  const said = saidIn(xhr.responseText);
  const retryAfterS = Number((status && xhr.getResponseHeader("Retry-After")) || said.retry_after) || 0;
  return { status, said, ...(retryAfterS && { retryAt: Date.now() + retryAfterS * 1000 }) };
}

function saidIn(text: string): Answer["said"] & { retry_after?: number } {
  try {
    return (JSON.parse(text) ?? {}) as Answer["said"];
  } catch {
    return {};
  }
}

/** Half a character, as some systems let stand in names, can't be encoded. */
function wellFormed(name: string): string {
  return name.replace(/\p{Cs}/gu, "");
}
