/** The language the window speaks, and its texts. */

import type { Language } from "../shared/language.ts";
import type { WidgetTexts } from "./texts/en.ts";

export interface Say { language: Language; texts: WidgetTexts }
