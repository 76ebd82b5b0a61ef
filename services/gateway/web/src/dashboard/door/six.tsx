/** The six digits of an authenticator app: one field that looks like six, so that phones and password keepers fill it. */

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { digitsOf, MOST } from "./digits.ts";
import "./password.css";

const DIGITS = Array.from({ length: MOST }, (_, at) => at);

export function Six({ label, digits, wrong, why, first = false, onDigits }: {
  label: string; digits: string; wrong: boolean;
  /** The element that says what is wrong. */
  why: string;
  /** The focus begins here. */
  first?: boolean;
  onDigits(digits: string): void;
}) {
  const field: RefObject<HTMLInputElement | null> = useRef(null);
  useEffect(() => {
    if (first) field.current?.focus();
  }, []);
  // After a refusal the next digits replace those that were wrong.
  useEffect(() => {
    if (wrong) field.current?.select();
  }, [wrong]);
  const here = Math.min(digits.length, MOST - 1);
  return (
    <div class={wrong ? "six bad" : "six"}>
      <input ref={field} inputMode="numeric" autocomplete="one-time-code" name="code" aria-label={label} aria-invalid={wrong} aria-describedby={why} value={digits}
        onInput={(event) => onDigits((event.currentTarget.value = digitsOf(event.currentTarget.value)))} />
      {DIGITS.map((at) => <span key={at} class={at === here ? "here" : ""} aria-hidden="true">{digits[at]}</span>)}
    </div>
  );
}
