/** Several tabs of one browser ring once: the first to claim a thing rings it, and who looks at a tab claims first. */

/** How long a hidden tab leaves a thing to one that is in view. */
const LEFT_MS = 200;
/** How long a claim is held: until every other tab has heard of the thing, too. */
const HELD_MS = 5_000;

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Whether this tab is the one to tell it. Where there are no Web Locks, every tab is. */
export async function claim(thing: string): Promise<boolean> {
  if (document.hidden) await wait(LEFT_MS);
  const { locks } = navigator;
  if (!locks) return true;
  return new Promise((answer) => {
    const held = locks.request(`shopbell:tell:${thing}`, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock ? wait(HELD_MS) : undefined;
    });
    held.catch(() => answer(true));
  });
}
