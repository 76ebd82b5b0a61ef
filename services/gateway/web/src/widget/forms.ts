/** The forms, fetched together: who meets one of them often meets another. */

import { dress } from "./dress.ts";
import style from "./forms.css?inline";

export { CopySent, CopySheet } from "./copy.tsx";
export { Details } from "./details.tsx";
export { Offline } from "./offline.tsx";

dress(style);
