/** A small counter bell, made of tones: no sound file is loaded. */

/** Partials of a small bell: by how much above the lowest, how loud, how long in seconds. */
const PARTIALS = [[1, 0.5, 0.9], [2.76, 0.25, 0.5], [5.4, 0.12, 0.25]] as const;
const LOWEST_HZ = 1_180;
const LOUDNESS = 0.16;

let context: AudioContext | undefined;

/** A browser that allows no sound before a click stays silent. */
export function strike(): void {
  try {
    context ??= new AudioContext();
    const begin = context.currentTime;
    for (const [above, loud, seconds] of PARTIALS) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = LOWEST_HZ * above;
      volume.gain.setValueAtTime(loud * LOUDNESS, begin);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + seconds);
    }
  } catch {
    // No sound device: nothing else is lost.
  }
}
