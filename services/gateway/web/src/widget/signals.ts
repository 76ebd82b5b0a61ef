/**
 * Values that the screen is drawn from.
 *
 * Whoever sets one has all of it drawn anew, once for all that is set in the same turn: the widget is small, and a library
 * that knew which part reads what would weigh more on the shop's page than it saved.
 */

export interface ReadonlySignal<T> { readonly value: T }
export interface Signal<T> { value: T }

const listeners = new Set<() => void>();
let due = false;

export function signal<T>(value: T): Signal<T> {
  return {
    get value() {
      return value;
    },
    set value(next) {
      if (Object.is(value, next)) return;
      value = next;
      tell();
    },
  };
}

/** What follows from others, reckoned each time it is asked for. */
export function computed<T>(reckon: () => T): ReadonlySignal<T> {
  return {
    get value() {
      return reckon();
    },
  };
}

/** Calls back after every change. */
export function onChange(listener: () => void): void {
  listeners.add(listener);
}

/** Has everything drawn anew. */
export function tell(): void {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    for (const listener of listeners) listener();
  });
}
