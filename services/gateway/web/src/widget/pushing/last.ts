/** Which campaign was shown last: the worker keeps it, and the page tells it with the visitor's wish to hear no more. */

const CACHE = "shopbell-push";
const AT = "/shopbell-push/last-campaign";

/** What can't be kept is not told. */
export const keepLast = async (campaign: string) => (await caches.open(CACHE)).put(AT, new Response(campaign)).catch(() => {});

/** Says it, and forgets it. */
export async function takeLast(): Promise<string | undefined> {
  try {
    const last = await (await caches.match(AT, { cacheName: CACHE }))?.text();
    await caches.delete(CACHE);
    return last;
  } catch {
    return undefined;
  }
}
