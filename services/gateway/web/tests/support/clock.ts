/** A world without waiting: time passes when a test says so, sockets lead to a fake gateway. */

import type { Environment, Socket } from "../../src/shared/connection/environment.ts";

export class FakeClock {
  time = 1_700_000_000_000;
  private timers: { at: number; act: () => void }[] = [];

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.time + ms, act };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  /** Lets `ms` pass, calling what falls due in its order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = Math.max(this.time, due.at);
      due.act();
    }
    this.time = end;
  }
}

export interface FakeWorld extends Environment {
  clock: FakeClock;
  tell(what: "online" | "offline" | "visible"): void;
  /** What `random` gives. */
  luck: number;
}

export function fakeWorld(open: () => Socket, clock = new FakeClock()): FakeWorld {
  let made = 0;
  let watcher: (what: "online" | "offline" | "visible") => void = () => {};
  return {
    clock,
    luck: 0.5,
    now: () => clock.time,
    random() {
      return this.luck;
    },
    newId: () => `id-${String(++made).padStart(6, "0")}`,
    open,
    after: (ms, act) => clock.after(ms, act),
    watch: (tell) => {
      watcher = tell;
      return () => {
        watcher = () => {};
      };
    },
    tell: (what) => watcher(what),
  };
}
