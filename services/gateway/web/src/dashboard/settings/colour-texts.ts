/** What the editor of colours says. */

import type { Language } from "../../shared/language.ts";

const en = {
  colours: "Colours", part: "Part", background: "Background", text: "Text", contrast: "Contrast", code: "as a code", low: "too low",
  hard: "This text is hard to read. The widget draws it in black or white until the colours pass.", use: "Use {colour}, {ratio}", reset: "{what}: back to the usual colours",
};
export type ColourTexts = typeof en;

const fr: ColourTexts = {
  colours: "Couleurs", part: "Élément", background: "Fond", text: "Texte", contrast: "Contraste", code: "en code", low: "trop faible",
  hard: "Ce texte est difficile à lire. Le widget l’écrit en noir ou en blanc tant que le contraste est trop faible.", use: "Utiliser {colour}, {ratio}", reset: "{what}\u00a0: revenir aux couleurs habituelles",
};

const pl: ColourTexts = {
  colours: "Kolory", part: "Element", background: "Tło", text: "Tekst", contrast: "Kontrast", code: "jako kod", low: "za mały",
  hard: "Ten tekst trudno przeczytać. Widget pisze go na czarno lub biało, dopóki kontrast jest za mały.", use: "Użyj {colour}, {ratio}", reset: "{what}: wróć do zwykłych kolorów",
};

export const COLOUR_TEXTS: Record<Language, ColourTexts> = { en, fr, pl };
