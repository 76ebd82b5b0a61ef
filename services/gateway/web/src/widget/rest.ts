/** What the widget asks of the gateway outside its socket. */

/** A problem document (RFC 9457); `status` 0: nobody answered. */
export interface Problem { status: number; code?: string; detail?: string; errors?: { field: string }[] }
export type Reply<T> = { value: T } | { problem: Problem };

const PATIENCE_MS = 15_000;

/** `key` makes a repetition count once. Without cookies: what a member of staff may do in the same browser is not for the widget. */
export async function ask<T>(url: string, body?: object, key?: string): Promise<Reply<T>> {
  try {
    const response = await fetch(url, {
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) },
      }),
    });
    const said = (await response.json().catch(() => ({}))) as T & Problem;
    return response.ok ? { value: said } : { problem: { ...said, status: response.status } };
  } catch {
    return { problem: { status: 0 } };
  }
}
