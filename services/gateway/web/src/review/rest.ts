/** What the page asks the gateway: what the link is to, and to take reviews. The token stays out of addresses. */

export interface Product {
  sku: string;
  name: string;
  quantity: number;
  variant?: string;
  image?: string;
  written: boolean;
}

export interface Form {
  shop: string;
  shop_name: string;
  header: { background: string; text: string };
  order: string;
  language: string;
  status?: string;
  since?: string;
  items: Product[];
  author: string;
  expires_at: string;
}

export interface Written {
  sku: string;
  stars: number;
  text: string;
}

interface Outcome {
  sku: string;
  stored?: boolean;
  code?: string;
}

/** The link leads nowhere any more. */
export class LinkOver extends Error {}

const WAIT_MS = 20_000;

async function ask<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(WAIT_MS),
  });
  if (response.status === 410) throw new LinkOver();
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as T;
}

export function look(token: string): Promise<Form> {
  return ask("/v1/reviews/look", { token });
}

/** Sends reviews; gives the products of which one is there now, be it from before. */
export async function send(token: string, id: string, language: string, reviews: Written[]): Promise<Set<string>> {
  const { results } = await ask<{ results: Outcome[] }>("/v1/reviews", { token, id, language, reviews });
  return new Set(results.filter((one) => one.stored || one.code === "conflict").map((one) => one.sku));
}
