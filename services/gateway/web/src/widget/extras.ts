/** What most conversations do without, or only need in the end: fetched together. */

import { dress } from "./dress.ts";
import style from "./extras.css?inline";

export { After } from "./after.tsx";
export { EmojiPicker } from "./emoji.tsx";
export { Failed } from "./failed.tsx";
export { Last } from "./last.tsx";
export { Linked } from "./linked.tsx";
export { Menu } from "./menu.tsx";
export { PrivacyNote, PrivacySheet } from "./privacy.tsx";
export { AskEnd } from "./sheet.tsx";
export { strike } from "./strike.ts";
export { Waiting } from "./waiting.tsx";

dress(style);
