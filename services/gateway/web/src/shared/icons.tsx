/** Icons as single strokes on a grid of 24; each is its path, so that a page carries only those that it draws. */

export const bell = "M4.5 16.25a7.5 7.5 0 0 1 15 0zM3 19.25h18M12 8.75V5.5M9.75 5.25h4.5";
export const bellRings = `${bell}M4.6 8.6 3 7M19.4 8.6 21 7M6.6 5.4l-.9-1.9M17.4 5.4l.9-1.9`;
export const pushBell = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.75h4";
export const pushBellOn = `${pushBell}M3.2 9.5A8 8 0 0 1 6 4.7M20.8 9.5A8 8 0 0 0 18 4.7`;
export const pushBellOff = "M6 16.5V11c0-1 .25-1.94.68-2.77M9 5.8a6 6 0 0 1 9 5.2v3M4.5 18.5H16M10 20.75h4M4 4l16.5 16.5";
export const clock = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M12 7.5V12l3 2";
export const check = "m5.5 12.5 4.2 4.2 8.8-9.2";
export const confirmed = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M8.4 12.2l2.5 2.5 4.8-5.1";
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
export const notice =
  "M6 5h12a2.5 2.5 0 0 1 2.5 2.5v9A2.5 2.5 0 0 1 18 19H6a2.5 2.5 0 0 1-2.5-2.5v-9A2.5 2.5 0 0 1 6 5zM3.5 9.5h17M7 13h6M7 16h3.5M16 14.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0";
export const ballot = "M5 4.5v15M5 7h8.5v3H5M5 13.5h13v3H5";
export const inbox =
  "M4 13.5 6.4 5.8A1.5 1.5 0 0 1 7.8 4.75h8.4a1.5 1.5 0 0 1 1.4 1.05L20 13.5v4.25a1.5 1.5 0 0 1-1.5 1.5h-13a1.5 1.5 0 0 1-1.5-1.5zM4 13.5h4.5l1.2 2.25h4.6l1.2-2.25H20";
export const download = "M12 4.5v10.5M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14";
export const upload = "M12 15V4.5M7.5 8.5 12 4l4.5 4.5M5 19.5h14";
export const mail = "M5.75 5.5h12.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5.75a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM4.5 7.5l7.5 5.5 7.5-5.5";
export const phone =
  "M6 4.5h3l1.4 3.8-2 1.5a11 11 0 0 0 5.3 5.3l1.5-2 3.8 1.4v3A1.5 1.5 0 0 1 17.4 19 13.6 13.6 0 0 1 4.5 6 1.5 1.5 0 0 1 6 4.5z";
export const calendar = "M6.25 5.5h11.5a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6.25a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2zM4.25 10h15.5M8.5 3.75v3.5M15.5 3.75v3.5";
export const answer = "M9.5 6 4.5 11l5 5M5 11h8.5a5.5 5.5 0 0 1 5.5 5.5v1.5";
export const info = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M12 11v5M12 8v.05";
export const copy = "M10.5 8.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2";
export const laptop = "M6.5 6h11a1 1 0 0 1 1 1v8.5h-13V7a1 1 0 0 1 1-1zM3.5 18.5h17";
export const mobile = "M9 3.75h6a1.5 1.5 0 0 1 1.5 1.5v13.5a1.5 1.5 0 0 1-1.5 1.5H9a1.5 1.5 0 0 1-1.5-1.5V5.25A1.5 1.5 0 0 1 9 3.75zM11 17.5h2";
export const lock = "M7.5 10.5h9a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5";
export const shield = "M12 3.75 5.5 6v5.5c0 4.3 2.8 7.3 6.5 8.75 3.7-1.45 6.5-4.45 6.5-8.75V6zM9 12l2.2 2.2L15.2 10";
export const noSignal = "M4 4l16 16M7.5 14.5a6.4 6.4 0 0 1 5-1.9M4.5 11.3a11 11 0 0 1 4.2-2.6M12 7.9a11 11 0 0 1 7.5 3.4M12 18v.05";
export const person = "M8.75 8.25a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0-6.5 0M5.5 19.25a6.5 6.5 0 0 1 13 0";
export const leave = "M10 4.75H6.5a1.75 1.75 0 0 0-1.75 1.75v11a1.75 1.75 0 0 0 1.75 1.75H10M10 12h9.5M16 8.5l3.5 3.5-3.5 3.5";
export const smile = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M8.6 14a4 4 0 0 0 6.8 0M9.2 9.6v.05M14.8 9.6v.05";
export const bolt = "m13 3.75-7 9.5h5l-1 7 7.5-10h-5z";
export const eye = "M3.75 12S6.75 6.5 12 6.5 20.25 12 20.25 12 17.25 17.5 12 17.5 3.75 12 3.75 12zM9.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0";
export const cart = "M3.5 5H6l2 10h9.5l2-7H7M8.25 18.75a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0M14.75 18.75a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0-2.5 0";
export const people = "M6.25 8.5a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M3.75 18.5a5.25 5.25 0 0 1 10.5 0M15 6a2.75 2.75 0 0 1 0 5.25M16.75 14a5.25 5.25 0 0 1 3.5 4.5";
export const barred = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M6.25 6.25l11.5 11.5";
export const soundOn = "M4.5 9.75v4.5H7.5L12 18V6L7.5 9.75zM15.2 9.2a4 4 0 0 1 0 5.6M17.6 6.8a7.4 7.4 0 0 1 0 10.4";
export const soundOff = "M4.5 9.75v4.5H7.5L12 18V6L7.5 9.75zM15.5 9.75l4.5 4.5M20 9.75l-4.5 4.5";
export const sliders = "M4 7.5h8.5M17.5 7.5H20M4 16.5h2.5M11.5 16.5H20M12.75 7.5a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0M6.75 16.5a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0";
export const help = "M3.75 12a8.25 8.25 0 1 0 16.5 0a8.25 8.25 0 1 0-16.5 0M9.6 9.6a2.4 2.4 0 1 1 3.5 2.15c-.7.36-1.1.85-1.1 1.65v.2M12 16.6v.05";
export const book = "M6.5 4.25h11.75v15.5H6.5a1.75 1.75 0 0 1 0-3.5h11.75M6.5 4.25A1.75 1.75 0 0 0 4.75 6v12";
export const keyRing = "M4.5 12a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0-6.5 0M11 12h8.5v3M16 12v2.25";
export const keyboard = "M5 6.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM6.5 10v.05M10 10v.05M14 10v.05M17.5 10v.05M8 14h8";
export const forward = "M9.5 6.5 15 12l-5.5 5.5";
export const clip = "m19 11.5-7.1 7a4.3 4.3 0 0 1-6.1-6.1l7.4-7.3a2.9 2.9 0 0 1 4.1 4.1l-7.2 7.1a1.45 1.45 0 0 1-2.05-2.05l6.45-6.4";
export const paper = "M7 3.75h6.5L18 8.25v12H7zM13.5 3.75v4.5H18";

export function Icon({ d, size = 16, stroke = 1.5, solid = false }: { d: string; size?: number; stroke?: number; solid?: boolean }) {
  return (
    <svg class="ic" width={size} height={size} viewBox="0 0 24 24" fill={solid ? "currentColor" : "none"} stroke="currentColor"
      stroke-width={(stroke * 24) / size} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
