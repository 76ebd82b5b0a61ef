/** The focus moves with what is drawn, and never away from where somebody has gone meanwhile. */

/**
 * Calls `move`, which moves the focus, once the page is drawn anew. If a key or a press came before that, which may have
 * put the focus elsewhere, it stays there; only where it is nowhere `move` is called all the same.
 */
export function onceDrawn(move: () => void): void {
  let acted = false;
  const over = new AbortController();
  for (const act of ["keydown", "pointerdown"]) addEventListener(act, () => (acted = true), { capture: true, signal: over.signal });
  requestAnimationFrame(() => {
    over.abort();
    if (!acted || document.activeElement === document.body) move();
  });
}
