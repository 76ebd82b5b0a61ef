/** What the address names at the door: a forgotten password, or a link out of a mail. */

export type DoorPage = { name: "forgot" } | { name: "reset" | "invitation"; token: string };

/** Null: nothing of the door's. */
export function doorOf(hash: string): DoorPage | null {
  const [name = "", token = ""] = hash.replace(/^#\/?/, "").split("/");
  if (name === "forgot") return { name };
  return (name === "reset" || name === "invitation") && token ? { name, token } : null;
}

export const FORGOT = "#/forgot";
/** To the desk, or to the sign-in before it. The page is loaded anew, so that no link out of a mail stays in the address. */
export const inside = () => location.replace(location.pathname);
