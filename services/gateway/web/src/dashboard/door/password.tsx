/** A password's field, which can be looked at. */

import type { ComponentChildren, RefObject } from "preact";
import { useId, useState } from "preact/hooks";

import { check, Icon } from "../../shared/icons.tsx";
import { fill } from "../../shared/language.ts";
import { lengthOf } from "../../shared/protocol.ts";
import { language } from "../ui.tsx";
import "./password.css";
import { SHORTEST } from "./sending.ts";
import { DOOR } from "./texts.ts";

interface Props {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  /** New ones are made up by the browser if it is asked to. */
  fresh?: boolean;
  wrong?: boolean;
  /** The element that says what is wrong. */
  why?: string;
  /** Stands across from the label. */
  aside?: ComponentChildren;
  onText?(text: string): void;
  children?: ComponentChildren;
}

export function Password({ field, label, fresh = false, wrong = false, why, aside, onText, children }: Props) {
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const id = useId();
  const texts = DOOR[language.value];
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState?.("CapsLock") ?? false);
  const type = { type: (shown ? "text" : "password") as "text" };
  return (
    <div>
      <div class="f-row"><label class="f" for={id}>{label}</label>{aside}</div>
      <div class="in-row">
        <input ref={field} id={id} class="in" {...type} name={fresh ? "new-password" : "password"} autocomplete={fresh ? "new-password" : "current-password"} required maxLength={256} spellcheck={false}
          autocapitalize="off" aria-invalid={wrong} aria-describedby={[why, `${id}caps`, children ? `${id}more` : ""].filter(Boolean).join(" ")}
          onKeyDown={look} onKeyUp={look} onInput={(event) => onText?.(event.currentTarget.value)} />
        <button type="button" class="btn link" aria-pressed={shown} aria-controls={id} onClick={() => setShown(!shown)}>{shown ? texts.hide : texts.show}</button>
      </div>
      {children && <div id={`${id}more`}>{children}</div>}
      <p id={`${id}caps`} class="caps" role="status">{caps && texts.capsLock}</p>
    </div>
  );
}

/** A new password, and whether it is long enough as one writes. */
export function NewPassword({ field, label, wrong, why }: Omit<Props, "fresh" | "aside" | "onText" | "children">) {
  const [text, setText] = useState("");
  const texts = DOOR[language.value];
  const enough = lengthOf(text) >= SHORTEST;
  return (
    <Password field={field} label={label} fresh wrong={wrong ?? false} {...(why ? { why } : {})} onText={setText}>
      <p class={enough ? "rule green-ink" : "rule"}>{enough && <Icon d={check} size={14} />}{enough ? texts.longEnough : fill(texts.rule, { n: SHORTEST })}</p>
    </Password>
  );
}
