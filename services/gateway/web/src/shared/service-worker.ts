/** What of a service worker's world is used here; TypeScript knows it only in place of the page's. */

export interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
export interface Pushed extends Lasting { readonly data: { json(): unknown } | null }
export interface Clicked extends Lasting { readonly notification: Notification }
export interface Changed extends Lasting { readonly oldSubscription?: PushSubscription | null; readonly newSubscription?: PushSubscription | null }
export interface Page { readonly url: string; readonly focused: boolean; focus(): Promise<Page>; postMessage(message: unknown): void }
export interface Told extends Lasting { readonly data: unknown; readonly source: Page | null }
export interface Worker {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<Page | null>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "push", listener: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", listener: (event: Clicked) => void): void;
  addEventListener(type: "pushsubscriptionchange", listener: (event: Changed) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
}
