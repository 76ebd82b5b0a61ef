/** A few words of a conversation, to look at. */

import { pickLanguage, type Language } from "../../shared/language.ts";

export interface Sample { first: string; answer: string; thanks: string }

export const SAMPLES: Record<Language, Sample> = {
  en: { first: "Hello! Can the Tide mugs go in the dishwasher?", answer: "Hello! Yes, the glaze is fired at 1260 °C.", thanks: "Great. When is the blue one back?" },
  fr: { first: "Bonjour\u00a0! Les tasses Marée passent-elles au lave-vaisselle\u00a0?", answer: "Bonjour\u00a0! Oui, l’émail est cuit à 1260\u00a0°C.", thanks: "Parfait. Quand revient la bleue\u00a0?" },
  pl: { first: "Dzień dobry! Czy kubki Fala można myć w zmywarce?", answer: "Dzień dobry! Tak, szkliwo jest wypalane w 1260 °C.", thanks: "Świetnie. Kiedy wróci niebieski?" },
};

export const sampleIn = (language: string) => SAMPLES[pickLanguage(language)];
