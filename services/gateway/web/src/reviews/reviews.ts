/**
 * What a shop puts on its product pages: `<div data-shopbell-reviews="SKU"></div>` and a script tag of this file with
 * `data-shop`. The gateway draws the reviews; here they are put into a shadow tree, and their links followed in place.
 */
import { pickLanguage } from "../shared/language.ts";

const TEXTS = {
  en: { failed: "Reviews did not load. The rest of the page is fine.", again: "Try again" },
  fr: { failed: "Les avis n’ont pas été chargés. Le reste de la page va bien.", again: "Réessayer" },
  pl: { failed: "Opinie się nie wczytały. Reszta strony działa.", again: "Spróbuj ponownie" },
};
const WAIT_MS = 15_000;

type Root = ShadowRoot | HTMLElement;

/** One product's reviews on the page. */
class Reviews {
  private readonly root: Root;
  private readonly sheet = new CSSStyleSheet();
  private questions = 0;

  constructor(private readonly place: HTMLElement, private readonly language: string) {
    const drawn = place.querySelector(".sbr"); // by the shop's own server
    this.root = drawn ? place : place.attachShadow({ mode: "open" });
    if (this.root instanceof ShadowRoot) this.root.adoptedStyleSheets = [this.sheet];
    if (drawn) drawn.classList.add("sbr-live");
    const listen = (type: string, heard: (event: Event) => void) => this.root.addEventListener(type, heard);
    listen("click", (event) => this.clicked(event as MouseEvent));
    listen("change", (event) => this.chosen(event.target as HTMLSelectElement));
    listen("submit", (event) => {
      event.preventDefault();
      this.asked(event.target as HTMLFormElement);
    });
  }

  /** Show what this address draws; `then` names what gets the focus. */
  async show(address: string, then?: string): Promise<void> {
    const page = await this.read(address, () => void this.show(address, then));
    if (!page) return;
    const section = page.querySelector(".sbr");
    if (!section) return;
    section.classList.add("sbr-live");
    section.classList.toggle("sbr-dark", isLight(getComputedStyle(this.place).color));
    this.root.replaceChildren(section);
    tellMachines(page, this.place);
    if (then) this.root.querySelector<HTMLElement>(then)?.focus();
  }

  private async append(address: string): Promise<void> {
    const page = await this.read(address, () => void this.append(address));
    const list = this.root.querySelector(".sbr-list");
    const foot = page?.querySelector(".sbr-foot");
    if (!page || !list || !foot) return;
    const items = [...page.querySelectorAll<HTMLElement>(".sbr-item")];
    list.append(...items);
    this.root.querySelector(".sbr-foot")?.replaceWith(foot);
    const range = this.root.querySelector("[data-shopbell-range]");
    if (range) range.textContent = page.querySelector<HTMLElement>("[data-shopbell-range]")?.dataset.shopbellRange ?? "";
    const first = items[0];
    if (first) {
      first.tabIndex = -1;
      first.focus();
    }
  }

  private async read(address: string, again: () => void): Promise<Document | null> {
    const section = this.root.querySelector(".sbr");
    section?.setAttribute("aria-busy", "true");
    // Only the answer to the latest question counts.
    const mine = ++this.questions;
    try {
      const response = await fetch(address, { credentials: "omit", signal: AbortSignal.timeout(WAIT_MS) });
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      return mine === this.questions ? new DOMParser().parseFromString(this.dressed(text), "text/html") : null;
    } catch {
      if (mine === this.questions) this.failed(again);
      return null;
    } finally {
      if (mine === this.questions) section?.removeAttribute("aria-busy");
    }
  }

  /** Without its styles, which a page's policy may forbid where they stand in HTML: the shadow tree has them as a sheet. */
  private dressed(html: string): string {
    const [all = "", styles = ""] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    this.sheet.replaceSync(styles);
    return html.replace(all, "");
  }

  /** What is shown stays; below it stands what went wrong. */
  private failed(again: () => void): void {
    this.root.querySelector("[data-shopbell-failed]")?.remove();
    const texts = TEXTS[pickLanguage(this.language)];
    const line = document.createElement("p");
    line.dataset.shopbellFailed = "";
    line.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = texts.again;
    Object.assign(button.style, { all: "unset", textDecoration: "underline", cursor: "pointer" });
    button.addEventListener("click", () => {
      line.remove();
      again();
    });
    line.append(`${texts.failed} `, button);
    this.root.append(line);
  }

  private clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-shopbell]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.shopbell === "append") void this.append(link.href);
    else void this.show(link.href, link.classList.contains("sbr-bar") ? "[data-shopbell-focus]" : ".sbr-bar[href]");
  }

  private chosen(select: HTMLSelectElement): void {
    if (select.form) this.asked(select.form, `select[name="${select.name}"]`);
  }

  private asked(form: HTMLFormElement, then?: string): void {
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.set(name, String(value));
    void this.show(address.href, then);
  }
}

/** Whether text of this colour, as browsers compute it, is made for a dark page. */
function isLight(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 128;
}

/** Search engines read JSON-LD in the page itself. A product's stands there once. */
function tellMachines(page: Document, place: HTMLElement): void {
  const said = page.querySelector('script[type="application/ld+json"]')?.textContent;
  if (!said || place.dataset.shopbellTold) return;
  place.dataset.shopbellTold = "true";
  const script = document.createElement("script");
  script.type = "application/ld+json";
  script.textContent = said;
  document.head.append(script);
}

function start(base: string, shop: string, language: string): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-shopbell-reviews]")) {
    const sku = place.dataset.shopbellReviews;
    if (!sku || place.dataset.shopbellOn) continue;
    place.dataset.shopbellOn = "true";
    const reviews = new Reviews(place, language);
    if (place.querySelector(".sbr")) continue;
    const address = `${base}v1/shops/${encodeURIComponent(shop)}/products/${encodeURIComponent(sku)}/reviews.html`;
    void reviews.show(`${address}?language=${encodeURIComponent(language)}`);
  }
}

const tag = document.currentScript as HTMLScriptElement | null;
const shop = tag?.dataset.shop;
if (tag && shop) {
  const base = new URL(".", tag.src).href;
  const language = tag.dataset.language ?? (document.documentElement.lang || navigator.language);
  const go = () => start(base, shop, language);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", go);
  else go();
}
