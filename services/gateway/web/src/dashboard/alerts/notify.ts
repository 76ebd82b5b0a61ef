/** Desktop notifications: only while nobody looks at the page, one for each conversation. */

import { signal } from "@preact/signals";

import icon from "../icon.svg?url";

export type Permission = "unsupported" | "default" | "granted" | "denied";

const ask = (): Permission => ("Notification" in window ? Notification.permission : "unsupported");

export const permission = signal<Permission>(ask());
/** What was allowed or forbidden in the browser's own settings meanwhile. */
export const lookAgain = () => void (permission.value = ask());

/** Asks the person. Only ever in answer to a click. */
export async function request(): Promise<boolean> {
  if (permission.value === "unsupported") return false;
  await Notification.requestPermission();
  lookAgain();
  return permission.value === "granted";
}

const shown = new Map<string, Notification>();

/** `open` is called when it is clicked. What comes later of the same conversation takes its place. */
export function notify(conversation: string, title: string, body: string, open: () => void): void {
  if (permission.value !== "granted") return;
  const options = { body, icon, tag: `shopbell:${conversation}`, silent: true };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      open();
      notification.close();
    };
    notification.onclose = () => shown.get(conversation) === notification && shown.delete(conversation);
    shown.set(conversation, notification);
  } catch {
    // Phones show them only through a service worker, whose click opens the conversation.
    void navigator.serviceWorker?.getRegistration().then((worker) => worker?.showNotification(title, { ...options, data: { conversation } }));
  }
}

/** Somebody looks again: what stands there says nothing new. */
export function clear(): void {
  for (const notification of shown.values()) notification.close();
  shown.clear();
}
