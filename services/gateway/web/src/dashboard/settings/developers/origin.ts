/** What is an origin that the widget may answer on. Pure. */

export interface Flawed { why: "none" | "twice" | "http" }

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** From what somebody typed or pasted: a host alone, an origin, or a page's address. */
export function originOf(typed: string, known: readonly string[] = []): string | Flawed {
  const text = typed.trim();
  const url = parsed(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || !text || !["http:", "https:"].includes(url.protocol) || !(url.hostname.includes(".") || LOCAL.test(url.hostname))) return { why: "none" };
  if (known.some((each) => parsed(each)?.origin === url.origin)) return { why: "twice" };
  return hintOf(url.origin) ? { why: "http" } : url.origin;
}

/** Whether others could listen: http, but for one's own machine. */
export function hintOf(origin: string): boolean {
  const url = parsed(origin);
  return url?.protocol === "http:" && !LOCAL.test(url.hostname);
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
