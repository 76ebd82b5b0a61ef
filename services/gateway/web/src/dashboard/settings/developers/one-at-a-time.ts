/** A second press before the answer does nothing a second time. */

/** Does a deed; what is asked for while one goes on is left. False if it was left; else what the deed comes to. */
export function oneAtATime(onBusy: (busy: boolean) => void): (deed: () => Promise<boolean>) => Promise<boolean> {
  let busy = false;
  const set = (to: boolean) => onBusy((busy = to));
  return async (deed) => {
    if (busy) return false;
    set(true);
    try {
      return await deed();
    } finally {
      set(false);
    }
  };
}
