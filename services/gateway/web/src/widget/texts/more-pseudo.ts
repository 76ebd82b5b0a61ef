import { mirrored } from "./mirror.ts";
import { texts as en, type MoreTexts } from "./more-en.ts";

export const texts: MoreTexts = mirrored(en);
