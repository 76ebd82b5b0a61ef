/** A few words of a conversation, to look at. */

import { pickLanguage, type Language } from "../../shared/language.ts";

export interface Sample { first: string; answer: string; thanks: string }

const SAMPLES: Record<Language, Sample> = {
  en: { first: "Hello! Can the Tide mugs go in the dishwasher?", answer: "Hello! Yes, the glaze is fired at 1260 °C.", thanks: "Great. When is the blue one back?" },
  fr: { first: "Bonjour ! Les tasses Marée passent-elles au lave-vaisselle ?", answer: "Bonjour ! Oui, l’émail est cuit à 1260 °C.", thanks: "Parfait. Quand revient la bleue ?" },
  pl: { first: "Dzień dobry! Czy kubki Fala można myć w zmywarce?", answer: "Dzień dobry! Tak, szkliwo jest wypalane w 1260 °C.", thanks: "Świetnie. Kiedy wróci niebieski?" },
};

export const sampleIn = (language: string) => SAMPLES[pickLanguage(language)];
