/** What the page before left behind in the browser. */

/** Whether it had the window open, or left text that is not sent. */
export function leftOpen(shop: string): boolean {
  const name = `shopbell:${shop}:`;
  try {
    return sessionStorage.getItem(`${name}open`) !== null || Object.keys(localStorage).some((key) => key.startsWith(`${name}out:`));
  } catch {
    return false;
  }
}
