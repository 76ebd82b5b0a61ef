/** A poll, as the gateway shows it to a visitor. */

export interface Poll {
  id: string;
  question: string;
  answers: { id: string; text: string }[];
  results: "after_vote" | "never";
  closes_at?: string;
  /** The answer that this visitor gave. */
  voted?: string;
  counts?: Record<string, number>;
}

export interface Voted { answer: string; counts?: Record<string, number>; token?: string }
