/** The language the window speaks, and its texts. */

import type { Language } from "../shared/language.ts";
import type { FirstTexts } from "./texts/en.ts";
import type { MoreTexts } from "./texts/more-en.ts";

/** What is there from the beginning. */
export interface FirstSay { language: Language; texts: FirstTexts }

/** What the parts have that are fetched when they are wanted: their texts come with them. */
export interface Say extends FirstSay { texts: FirstTexts & MoreTexts }
