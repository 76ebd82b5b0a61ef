/** The group of pages that a page belongs to. Pure. */

const MOST = 40;

/** As the page's tag has it, else the first part of its path, as a slug: `/Mugs%20%26%20cups/tide.html` is in `mugs-cups`. */
export function groupOf(named: string | undefined, path: string): string | undefined {
  const part = named || (path.split("/").find(Boolean) ?? "").replace(/\.\w+$/, "");
  const plain = decoded(part).normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replaceAll("ł", "l");
  return plain.replace(/[^a-z0-9_]+/g, "-").replace(/^[-_]+/, "").slice(0, MOST).replace(/-+$/, "") || undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
