/** Of "Maja from Morrow" the names: words that begin with a capital, where the script knows any. */
export function initialsOf(name: string): string | undefined {
  return name.match(/(?<!\S)\p{Lu}/gu)?.slice(0, 2).join("") ?? [...name.trim()][0];
}
