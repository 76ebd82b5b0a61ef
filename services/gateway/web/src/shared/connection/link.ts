/**
 * Whether there is a socket, and when to try again: a pure state machine.
 *
 * `step` takes where we are and what happened and says where we are now and what is to be done; the loop around it
 * (connection.ts) owns the socket and the timers. A timer belongs to the phase that set it: leaving the phase ends it.
 */

import { backoff } from "./backoff.ts";

export type ClosedReason = "signed-out" | "refused" | "stopped";

export type Phase =
  | { name: "idle" }
  /** A socket is opening, or open and not yet welcomed. `attempt` 0: for the first time. */
  | { name: "connecting"; attempt: number }
  | { name: "open"; attempt: number }
  | { name: "reconnecting"; attempt: number; retryAt: number }
  | { name: "closed"; reason: ClosedReason };

export type Input =
  | { on: "start" | "opened" | "welcomed" | "online" | "offline" | "visible" | "renew" | "silent" }
  | { on: "stop"; reason: ClosedReason }
  | { on: "closing"; after: number }
  | { on: "lost"; code: number; retryAfter?: number }
  | { on: "due"; timer: Timer };

export type Timer = "retry" | "welcome" | "steady" | "leave";

export type Effect =
  | { do: "open" | "hello" }
  | { do: "close"; code: number }
  | { do: "wait"; timer: Timer; ms: number };

export interface Step { phase: Phase; effects: Effect[] }

/** From opening a socket to `welcome`. The gateway gives us 10 s for `hello`. */
export const WELCOME_MS = 10_000;
/** A connection that lasted this long was a good one: the next loss starts its backoff anew. */
export const STEADY_MS = 10_000;
/** After 4429 without a time. */
export const TOO_FAST_S = 30;

const SIGNED_OUT = 4401;
const REFUSED = 4403;
const TOO_FAST = 4429;
const GOING_AWAY = 1000;

export const START: Phase = { name: "idle" };

/** Whether the user should be told that we are on our way back. */
export function isAway(phase: Phase): boolean {
  return phase.name === "reconnecting" || (phase.name === "connecting" && phase.attempt > 0);
}

export function step(phase: Phase, input: Input, now: number, random: number): Step {
  if (input.on === "stop") return shut(phase, input.reason);
  switch (phase.name) {
    case "idle":
    case "closed":
      return input.on === "start" || input.on === "renew" ? connect(0) : stay(phase);
    case "connecting":
      return whileConnecting(phase, input, now, random);
    case "open":
      return whileOpen(phase, input, now, random);
    case "reconnecting":
      return whileReconnecting(phase, input, now, random);
  }
}

function whileConnecting(phase: Phase & { name: "connecting" }, input: Input, now: number, random: number): Step {
  switch (input.on) {
    case "opened":
      return stay(phase, { do: "hello" });
    case "welcomed":
      return {
        phase: { name: "open", attempt: phase.attempt },
        effects: [{ do: "wait", timer: "steady", ms: STEADY_MS }],
      };
    case "renew":
      return connect(phase.attempt, { do: "close", code: GOING_AWAY });
    default:
      return whenGone(phase, input, now, random);
  }
}

function whileOpen(phase: Phase & { name: "open" }, input: Input, now: number, random: number): Step {
  switch (input.on) {
    case "closing":
      return stay(phase, { do: "wait", timer: "leave", ms: input.after * 1000 });
    case "renew":
      return connect(0, { do: "close", code: GOING_AWAY });
    case "due":
      if (input.timer === "steady") return stay({ name: "open", attempt: 0 });
      // The gateway spread its clients' leaving over time: no further delay.
      return connect(0, { do: "close", code: GOING_AWAY });
    default:
      return whenGone(phase, input, now, random);
  }
}

function whileReconnecting(phase: Phase & { name: "reconnecting" }, input: Input, now: number, random: number): Step {
  switch (input.on) {
    case "due":
    case "start":
    case "renew":
      return connect(phase.attempt);
    case "online":
    case "visible":
      return soon(phase, now, random);
    default:
      return stay(phase);
  }
}

/** The ways of losing a socket that opening and open ones share. */
function whenGone(phase: Phase & { attempt: number }, input: Input, now: number, random: number): Step {
  switch (input.on) {
    case "lost":
      return whenClosedByGateway(phase, input.code, input.retryAfter, now, random);
    case "due":
    case "silent":
    case "offline":
      return retry(phase.attempt, backoff(phase.attempt, random), now, { do: "close", code: GOING_AWAY });
    default:
      return stay(phase);
  }
}

function whenClosedByGateway(
  phase: Phase & { attempt: number }, code: number, retryAfter: number | undefined, now: number, random: number,
): Step {
  if (code === SIGNED_OUT) return stay({ name: "closed", reason: "signed-out" });
  if (code === REFUSED) return stay({ name: "closed", reason: "refused" });
  const jitter = backoff(phase.attempt, random);
  if (code === TOO_FAST) return retry(phase.attempt, (retryAfter ?? TOO_FAST_S) * 1000 + jitter, now);
  return retry(phase.attempt, jitter, now);
}

/** The network or the person is back: do not sit out a long wait, yet do not all come at once. */
function soon(phase: Phase & { name: "reconnecting" }, now: number, random: number): Step {
  const ms = backoff(0, random);
  if (phase.retryAt <= now + ms) return stay(phase);
  return { phase: { ...phase, retryAt: now + ms }, effects: [{ do: "wait", timer: "retry", ms }] };
}

function connect(attempt: number, ...before: Effect[]): Step {
  return {
    phase: { name: "connecting", attempt },
    effects: [...before, { do: "open" }, { do: "wait", timer: "welcome", ms: WELCOME_MS }],
  };
}

function retry(attempt: number, ms: number, now: number, ...before: Effect[]): Step {
  return {
    phase: { name: "reconnecting", attempt: attempt + 1, retryAt: now + ms },
    effects: [...before, { do: "wait", timer: "retry", ms }],
  };
}

function shut(phase: Phase, reason: ClosedReason): Step {
  const holdsSocket = phase.name === "connecting" || phase.name === "open";
  return { phase: { name: "closed", reason }, effects: holdsSocket ? [{ do: "close", code: GOING_AWAY }] : [] };
}

function stay(phase: Phase, ...effects: Effect[]): Step {
  return { phase, effects };
}
