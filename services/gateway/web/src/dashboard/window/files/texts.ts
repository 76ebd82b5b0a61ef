/** What is said about files, by language. */

import { files as en, type FileTexts } from "../../../shared/files/texts/en.ts";
import { files as fr } from "../../../shared/files/texts/fr.ts";
import { files as pl } from "../../../shared/files/texts/pl.ts";
import type { Language } from "../../../shared/language.ts";

export const FILES: Record<Language, FileTexts> = { en, fr, pl };
