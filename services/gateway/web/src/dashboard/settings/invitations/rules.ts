/** What somebody types as a condition of an invitation. Pure. */

const MOST = 1e12;

/** `49,90` is 49.9; null: any cart or none; undefined for what is no amount. */
export function amountOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(/\s/g, "").replace(",", ".");
  if (text === "") return null;
  const amount = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && amount <= MOST ? amount : undefined;
}

/** A path in which `*` stands for anything; empty: any page. */
export const isPage = (typed: string) => typed === "" || /^[/*]\S*$/.test(typed);
