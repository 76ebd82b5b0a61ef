/** The form: a card a product, and what is still missing. */

import { fill, type Language, plural } from "../shared/language.ts";
import { check, Icon, warning } from "../shared/icons.tsx";
import type { Typed } from "./draft.ts";
import type { Form, Product } from "./rest.ts";
import { Stars } from "./stars.tsx";
import { texts } from "./texts.ts";

const MOST_CHARACTERS = 4_000;
export const NOTHING: Typed = { stars: 0, text: "" };

export const nameOf = (product: Product): string => [product.name, product.variant].filter(Boolean).join(", ");

export function Picture({ product, size }: { product: Product; size: number }) {
  if (!product.image) return null;
  return <img src={product.image} alt="" width={size} height={size} loading="lazy" referrerpolicy="no-referrer" onError={(event) => (event.currentTarget.hidden = true)} />;
}

interface CardProps {
  form: Form;
  language: Language;
  product: Product;
  index: number;
  typed: Typed;
  alone: boolean;
  wrong: boolean;
  onType(typed: Typed): void;
}

function Card({ form, language, product, index, typed, alone, wrong, onType }: CardProps) {
  const t = texts[language];
  const name = `p${index}`;
  return (
    <li class={wrong ? "card wrong" : "card"}>
      <div class="product">
        <Picture product={product} size={56} />
        <div>
          <h2>{nameOf(product)}</h2>
          <p class="quiet">{plural(language, product.quantity, t.pieces)}</p>
        </div>
      </div>
      <Stars language={language} name={name} product={nameOf(product)} value={typed.stars} wrong={wrong}
        onChoose={(stars) => onType({ ...typed, stars })} />
      {(alone || typed.stars > 0 || typed.text) && (
        <>
          <textarea rows={3} maxLength={MOST_CHARACTERS} aria-label={fill(t.text, { product: nameOf(product) })} placeholder={t.hint}
            lang={form.language} dir="auto" value={typed.text} onInput={(event) => onType({ ...typed, text: event.currentTarget.value })} />
          <p class="quiet">{fill(t.shown, { name: form.author || t.somebody })}</p>
        </>
      )}
    </li>
  );
}

function Done({ language, product }: { language: Language; product: Product }) {
  return (
    <li class="card">
      <div class="product">
        <Picture product={product} size={56} />
        <div>
          <h2>{nameOf(product)}</h2>
          <p class="done"><Icon d={check} size={15} stroke={1.9} />{texts[language].written}</p>
        </div>
      </div>
    </li>
  );
}

interface FormProps {
  form: Form;
  language: Language;
  typed: Record<string, Typed>;
  wrong: Set<string>;
  problem: string;
  onType(sku: string, typed: Typed): void;
}

export function ReviewForm({ form, language, typed, wrong, problem, onType }: FormProps) {
  const t = texts[language];
  const open = form.items.filter((product) => !product.written);
  const several = form.items.length > 1;
  const values = { order: form.order, day: form.since ? dayOf(language, form.since) : "" };
  const where = form.status === "received" && form.since ? (several ? t.received : t.receivedOne) : several ? t.order : t.orderOne;
  return (
    <>
      <h1>{several ? t.title : t.titleOne}</h1>
      <p class="lead">{fill(where, values)}</p>
      <p class={problem ? "problem" : "sr"} role="alert">{problem && <Icon d={warning} size={17} stroke={1.9} />}{problem}</p>
      <ul class="cards">
        {form.items.map((product, index) =>
          product.written ? <Done key={product.sku} language={language} product={product} /> : (
            <Card key={product.sku} form={form} language={language} product={product} index={index} typed={typed[product.sku] ?? NOTHING}
              alone={open.length === 1} wrong={wrong.has(product.sku)} onType={(one) => onType(product.sku, one)} />
          ))}
      </ul>
    </>
  );
}

function dayOf(language: Language, at: string): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long" }).format(new Date(at));
}
