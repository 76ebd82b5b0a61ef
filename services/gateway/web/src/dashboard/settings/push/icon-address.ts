/** What addresses of a shop's icon the gateway takes. Pure. */

/** As it takes them; what has other letters can be written with %. */
const ADDRESS = /^https?:\/\/[!#-[\]-~]+$/;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

export type IconFlaw = "address" | "origin";

/** What is wrong with it; nothing is wrong with none. */
export function iconFlawOf(icon: string, origins: readonly string[]): IconFlaw | null {
  if (!icon) return null;
  const url = ADDRESS.test(icon) ? urlOf(icon) : null;
  if (!url || !(url.protocol === "https:" || LOOPBACK.includes(url.hostname))) return "address";
  return origins.length === 0 || origins.some((each) => urlOf(each)?.origin === url.origin) ? null : "origin";
}

/** Whether our own pages may show it: their policy takes pictures of the web by https alone. */
export const isShownHere = (icon: string, here: string) => icon.startsWith("https:") || urlOf(icon)?.origin === here;

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
