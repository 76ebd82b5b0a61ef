/** Icons as single strokes on a grid of 24; each is its path, so that a page carries only those that it draws. */

export const bell = "M4.5 16.25a7.5 7.5 0 0 1 15 0zM3 19.25h18M12 8.75V5.5M9.75 5.25h4.5";
export const bellRings = `${bell}M4.6 8.6 3 7M19.4 8.6 21 7M6.6 5.4l-.9-1.9M17.4 5.4l.9-1.9`;
export const clock = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M12 7.5V12l3 2";
export const check = "m5.5 12.5 4.2 4.2 8.8-9.2";
export const checks = "m3 12.6 4 4 8-8.6M11.2 15.8l.9.9 8.4-8.9";
export const warning = "M12 4.5 21 19.5H3zM12 10v4.2M12 16.8v.05";
export const down = "m6.5 9.5 5.5 5.5 5.5-5.5";
export const up = "m6.5 14.5 5.5-5.5 5.5 5.5";
export const back = "M14.5 6.5 9 12l5.5 5.5";
export const more = "M6 12v.05M12 12v.05M18 12v.05";
export const sendUp = "M12 19V5.5M6 11l6-6 6 6";
export const chat =
  "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H10l-4.5 4V16A1.5 1.5 0 0 1 4 14.5z";
export const chatEnded = `${chat}M9.5 8l5 4.5M14.5 8l-5 4.5`;
export const history = "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 7.5V12l3 2";
export const search = "M4.75 11a6.25 6.25 0 1 0 12.5 0a6.25 6.25 0 1 0-12.5 0m11.05 4.8 4.2 4.2";
export const hide =
  "M4 12s3-5.5 8-5.5c1.2 0 2.3.3 3.3.8M20 12s-3 5.5-8 5.5c-1.2 0-2.3-.3-3.3-.8M5.5 18.5l13-13";
export const minus = "M6 12h12";
export const plus = "M12 5.5v13M5.5 12h13";
export const cross = "m6.5 6.5 11 11M17.5 6.5l-11 11";
export const turnArrow = "M17 12H7.5M11 8l-4 4 4 4";
export const reopen = "M19 12a7 7 0 1 1-2.2-5.1L19 9M19 4.5V9h-4.5";
export const trash = "M5 7h14M9.5 7V4.75h5V7M7 7l.8 12.25h8.4L17 7M10.2 10.5v5.5M13.8 10.5v5.5";
export const moved = "M4.5 8.5h13M14 5l3.5 3.5L14 12M19.5 15.5h-13M10 12l-3.5 3.5L10 19";
export const note = "M5 5h14v9.5L14.5 19H5zM14.5 19v-4.5H19M8 9h8M8 12.5h4";
export const star =
  "m12 4.2 2.35 4.9 5.4.72-3.95 3.74.97 5.34L12 16.3l-4.77 2.6.97-5.34L4.25 9.82l5.4-.72z";
export const leave = "M10 4.75H6.5a1.75 1.75 0 0 0-1.75 1.75v11a1.75 1.75 0 0 0 1.75 1.75H10M10 12h9.5M16 8.5l3.5 3.5-3.5 3.5";

export function Icon({ d, size = 16, stroke = 1.5 }: { d: string; size?: number; stroke?: number }) {
  return (
    <svg class="ic" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      stroke-width={(stroke * 24) / size} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
