/** All that there is about files, fetched once there is one. */

import { dress } from "./dress.ts";
import style from "../shared/files/files.css?inline";

export { Attached, DropHere, Picture, Sending, Underway } from "./file-parts.tsx";

dress(style);
