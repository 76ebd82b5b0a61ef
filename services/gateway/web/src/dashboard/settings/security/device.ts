/** What a browser says it is, in the words of its owner. Pure. */

export interface Device { browser: string | null; system: string | null; phone: boolean }

/** In this order: most browsers also name those that came before them. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"], [/\bOPR\//, "Opera"], [/\bSamsungBrowser\//, "Samsung Internet"], [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, "Chrome"], [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"], [/\biPad\b/, "iPad"], [/\bAndroid\b/, "Android"], [/\bWindows\b/, "Windows"], [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"], [/\bLinux\b/, "Linux"],
];

const first = (agent: string, table: readonly [RegExp, string][]) => table.find(([sign]) => sign.test(agent))?.[1] ?? null;

export function deviceOf(agent: string): Device {
  const system = first(agent, SYSTEMS);
  return { browser: first(agent, BROWSERS), system, phone: system === "iPhone" || (system === "Android" && /\bMobile\b/.test(agent)) };
}
