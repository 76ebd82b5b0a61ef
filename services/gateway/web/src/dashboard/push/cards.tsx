/** One of a few, each a card with what it means. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

import { check, Icon } from "../../shared/icons.tsx";

export interface Card<T extends string> { value: T; label: string; hint?: ComponentChildren }

export function Cards<T extends string>({ label, cards, value, end, onChange }: {
  label: string; cards: readonly Card<T>[]; value: T; /** Beside the label. */ end?: ComponentChildren; onChange(value: T): void;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={name}>
      <div class="row pu-lab"><span class="b5 grow" id={name}>{label}</span>{end}</div>
      <div class="pu-cards">
        {cards.map((card) => (
          <label key={card.value} class="pu-card">
            <input type="radio" name={name} value={card.value} checked={card.value === value} onChange={() => onChange(card.value)} />
            <span class="pu-rb" aria-hidden="true" /><span class="grow"><b>{card.label}</b>{card.hint !== undefined && <span class="muted">{card.hint}</span>}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

/** A box to tick, its words beside it. */
export function Box({ on, onChange, children }: { on: boolean; onChange(on: boolean): void; children: ComponentChildren }) {
  return (
    <label class="tick pu-tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="cb" aria-hidden="true"><Icon d={check} size={12} stroke={1.5} /></span><span>{children}</span>
    </label>
  );
}
