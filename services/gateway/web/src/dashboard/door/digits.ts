/** The code of an authenticator app. Pure. */

export const MOST = 6;

/** What was typed or pasted, as an app has it: `402 917` is `402917`. */
export const digitsOf = (text: string) => text.replace(/\D/g, "").slice(0, MOST);
export const isWhole = (digits: string) => digits.length === MOST;
