/** Puts a part's styles where they hold: within the widget, and nowhere on the page. */

let place: ShadowRoot;

/** Made by script, a sheet is drawn even where the page's policy forbids style elements. */
export function dress(style: string, root = place): void {
  place = root;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
