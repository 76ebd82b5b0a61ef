/** Writing into a field as if it were typed: the browser's undo keeps working. */

/** Puts `text` in place of what stands between `from` and `to`, by default of what is selected. */
export function insertInto(field: HTMLTextAreaElement, text: string, from = field.selectionStart, to = field.selectionEnd): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Marked as obsolete, and still the only way that undo knows of.
  if (text !== "" && document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** As high as its text, up to `most` px. */
export function fitHeight(field: HTMLTextAreaElement, most: number): void {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, most)}px`;
}
