/** A switch with what it does beneath its name. */

import { useId } from "preact/hooks";

export function Toggle({ label, hint, on, disabled = false, busy = false, failed = false, wide = false, onChange }: {
  label: string; hint: string; on: boolean; disabled?: boolean; busy?: boolean;
  /** The hint says why it did not work. */
  failed?: boolean;
  /** Of no use on a phone. */
  wide?: boolean;
  onChange(on: boolean): void;
}) {
  const id = useId();
  return (
    <button class={`toggle ${wide ? "wide-only" : ""} ${busy ? "busy" : ""}`} role="switch" aria-checked={on} aria-busy={busy} aria-disabled={disabled}
      aria-labelledby={`${id}l`} aria-describedby={`${id}h`} onClick={() => disabled || busy || onChange(!on)}>
      <span class="grow"><span class="b5" id={`${id}l`}>{label}</span><span class={failed ? "hint red-ink" : "hint"} id={`${id}h`} role={failed ? "alert" : undefined}>{hint}</span></span>
      <span class={`sw ${on ? "on" : ""}`} aria-hidden="true" />
    </button>
  );
}
