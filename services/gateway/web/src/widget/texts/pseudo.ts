import { texts as en, type FirstTexts } from "./en.ts";
import { mirrored } from "./mirror.ts";

export const more = () => import("./more-pseudo.ts");

export const texts: FirstTexts = mirrored(en);
