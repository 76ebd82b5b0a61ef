/** Which page the address names, and what on it. Pure. */

export type PageName = "chat" | "visitors" | "history" | "offline" | "push" | "reviews" | "polls" | "person" | "receipt" | "settings" | "help" | "guide";

export interface Route {
  page: PageName;
  /** A conversation, a message, a campaign, a poll, a person, an erasure's number, or a part of the settings or the help. */
  id: string | null;
}

const NAMES: readonly string[] = ["chat", "visitors", "history", "offline", "push", "reviews", "polls", "person", "receipt", "settings", "help", "guide"] satisfies PageName[];

export function routeOf(hash: string): Route {
  const [name = "", ...rest] = hash.replace(/^#\/?/, "").split("/");
  if (!NAMES.includes(name)) return { page: "chat", id: null };
  return { page: name as PageName, id: rest.length && rest[0] ? decoded(rest.join("/")) : null };
}

export function addressOf(page: PageName, id?: string | null): string {
  return `#/${page === "chat" && !id ? "" : page}${id ? `/${encodeURIComponent(id)}` : ""}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
