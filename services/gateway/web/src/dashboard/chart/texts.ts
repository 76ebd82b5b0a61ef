/** What plots say. */

import type { Language } from "../../shared/language.ts";

const en = { shown: "Shown as", plot: "Plot", table: "Table", time: "Time", values: "{what}, by time", share: "Share", count: "Count", meanwhile: "Meanwhile" };
export type ChartTexts = typeof en;

const fr: ChartTexts = { shown: "Présentation", plot: "Graphique", table: "Tableau", time: "Heure", values: "{what}, dans le temps", share: "Part", count: "Nombre", meanwhile: "Entre-temps" };

const pl: ChartTexts = { shown: "Widok", plot: "Wykres", table: "Tabela", time: "Czas", values: "{what} w czasie", share: "Udział", count: "Liczba", meanwhile: "Tymczasem" };

export const CHART: Record<Language, ChartTexts> = { en, fr, pl };
