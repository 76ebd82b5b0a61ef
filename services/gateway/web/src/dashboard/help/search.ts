/** Finding answers: by the beginnings of words, without regard to accents and case. Pure. */

import type { Question } from "./questions.ts";

export interface Found { question: Question; score: number }

/** A stretch of a text, and whether it is what was looked for. */
export interface Piece { text: string; hit: boolean }

const IN_QUESTION = 10;
const WORD = /[\p{L}\p{N}]+/gu;
/** Letters that are no others with an accent. */
const PLAIN: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "s", œ: "o", æ: "a" };

/** The sought words, folded. */
export const wordsOf = (query: string) => (query.match(WORD) ?? []).map(folded);

/** Those that hold every sought word, best first: in the question before in the answer, then the most often. */
export function find(questions: readonly Question[], query: string): Found[] {
  const words = wordsOf(query);
  if (!words.length) return [];
  return questions
    .map((question) => ({ question, score: scoreOf(question, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function scoreOf({ question, paragraphs }: Question, words: readonly string[]): number {
  const [asked, answered] = [question, paragraphs.map(wordsAlone).join(" ")].map((text) => (text.match(WORD) ?? []).map(folded));
  let score = 0;
  for (const word of words) {
    const begins = (each: string) => each.startsWith(word);
    const hits = IN_QUESTION * asked!.filter(begins).length + answered!.filter(begins).length;
    if (hits === 0) return 0;
    score += hits;
  }
  return score;
}

/** A text in pieces, so that what was looked for can be marked. */
export function marked(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(WORD)) {
    const found = words.filter((word) => folded(match[0]).startsWith(word)).sort((a, b) => b.length - a.length)[0];
    if (found === undefined) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), hit: false });
    const end = match.index + [...match[0]].slice(0, found.length).join("").length;
    pieces.push({ text: text.slice(match.index, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** One letter for each letter, so that places in both are the same. */
function folded(word: string): string {
  return [...word].map((each) => {
    const low = each.toLowerCase();
    return PLAIN[low] ?? [...low.normalize("NFD")][0]!;
  }).join("");
}

/** `[words](#/address)` */
export const LINK = /\[([^\]]+)\]\((#\/[^)]*)\)/g;

const wordsAlone = (paragraph: string) => paragraph.replace(LINK, "$1");
