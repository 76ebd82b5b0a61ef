/** Whiles that are told apart in a plot, each with its name beside it, where there is room. */

export interface Band {
  /** Moments in ms. */
  from: number;
  to: number;
  label: string;
}

const LEAST_PX = 3;
const GAP_PX = 8;
const LETTER_PX = 6;
const FIRST_LINE_PX = 30;
const LINE_PX = 16;
const LINES = 3;

export interface Box { x: number; width: number; label: string }
interface Name { x: number; y: number; anchor: "start" | "end"; label: string }

/** Where they stand between `start` and `end`, which a band may reach beyond; `x` takes moments to places. */
export const boxesOf = (bands: readonly Band[], x: (at: number) => number, start: number, end: number) =>
  bands.map(({ from, to, label }): Box => {
    const left = Math.max(start, Math.min(end - LEAST_PX, x(from)));
    return { x: left, width: Math.max(LEAST_PX, Math.min(end, x(to)) - left), label };
  });

export const Bands = ({ boxes, top, foot }: { boxes: readonly Box[]; top: number; foot: number }) =>
  <>{boxes.map((box, at) => <rect key={at} class="ch-band" x={box.x} width={box.width} y={top} height={foot - top} />)}</>;

export const BandNames = ({ boxes, start, end, top }: { boxes: readonly Box[]; start: number; end: number; top: number }) =>
  <>{placesOf(boxes, start, end).map((name, at) => <text key={at} class="ch-band-name" x={name.x} y={top + name.y} text-anchor={name.anchor}>{name.label}</text>)}</>;

/** After the band, within it or before it; those that find no line of their own go without: table and summary name them all. */
export function placesOf(boxes: readonly Box[], start: number, end: number): Name[] {
  const taken: { line: number; from: number; to: number }[] = [];
  return boxes.flatMap(({ x, width, label }) => {
    const wide = [...label].length * LETTER_PX;
    const after = x + width + GAP_PX;
    const place = after + wide <= end ? { x: after, anchor: "start" as const, from: after }
      : width >= wide + 2 * GAP_PX ? { x: x + GAP_PX, anchor: "start" as const, from: x + GAP_PX }
      : x - GAP_PX - wide >= start ? { x: x - GAP_PX, anchor: "end" as const, from: x - GAP_PX - wide }
      : null;
    if (place === null) return [];
    const { from, ...where } = place;
    const line = Array.from({ length: LINES }, (_, at) => at).find((at) => taken.every((each) => each.line !== at || each.to < from || from + wide < each.from));
    if (line === undefined) return [];
    taken.push({ line, from, to: from + wide + GAP_PX });
    return [{ ...where, y: FIRST_LINE_PX + line * LINE_PX, label }];
  });
}

/** Those that a moment falls into. */
export const bandsAt = (bands: readonly Band[], at: number) => bands.filter(({ from, to }) => from <= at && at <= to);

/** For each moment the names of those that began since the one before; what began earlier stands with the first, what began later with the last. */
export function begunBy(bands: readonly Band[], at: readonly number[]): string[] {
  const names = at.map((): string[] => []);
  for (const band of bands) {
    const row = at.findIndex((each) => each >= band.from);
    names[row < 0 ? at.length - 1 : row]?.push(band.label);
  }
  return names.map((row) => [...new Set(row)].join(", "));
}
