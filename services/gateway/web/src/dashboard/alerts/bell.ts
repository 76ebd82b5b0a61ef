/** The counter bell, made of sine waves: nothing is loaded, and nothing is heard before the person has touched the page. */

import { signal } from "@preact/signals";

import type { Kind } from "./news.ts";

/** The browser holds sounds back until the first click or key. */
export const heldBack = signal(false);

/** A struck bell: its partials, as ratios to the pitch, each weaker and shorter than the one below. */
const PARTIALS: readonly (readonly [ratio: number, level: number, length: number])[] = [[1, 1, 1], [2.76, 0.35, 0.55], [5.4, 0.12, 0.3]];

interface Strike { hz: number; at: number; seconds: number; level: number }

const STRIKES: Record<Kind, readonly Strike[]> = {
  conversation: [{ hz: 1046, at: 0, seconds: 1.1, level: 0.22 }],
  message: [{ hz: 784, at: 0, seconds: 0.32, level: 0.12 }],
  unanswered: [{ hz: 880, at: 0, seconds: 0.7, level: 0.24 }, { hz: 880, at: 0.28, seconds: 0.9, level: 0.24 }],
};
/** Several things at once are one ring. */
const REST_MS = 700;

let context: AudioContext | null = null;
let rangAt = -Infinity;

/** Makes sounds possible as soon as the browser allows them. */
export function prepare(): void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume().then(() => (heldBack.value = false), () => {});
    if (context.state === "running") for (const kind of ["pointerdown", "keydown"]) removeEventListener(kind, unlock, true);
  };
  heldBack.value = !(navigator.userActivation?.hasBeenActive ?? false);
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, unlock, true);
}

export function ring(kind: Kind, now = performance.now()): void {
  if (!context || context.state !== "running" || now - rangAt < REST_MS) return;
  rangAt = now;
  for (const strike of STRIKES[kind]) hit(context, strike);
}

function hit(into: AudioContext, { hz, at, seconds, level }: Strike): void {
  const start = into.currentTime + at;
  for (const [ratio, share, length] of PARTIALS) {
    const tone = into.createOscillator();
    const volume = into.createGain();
    tone.frequency.value = hz * ratio;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(level * share, start + 0.004);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + seconds * length);
    tone.connect(volume).connect(into.destination);
    tone.start(start);
    tone.stop(start + seconds * length);
  }
}
