/**
 * What is wrong with the layout of the page as it stands, in words; nothing, if nothing is. `least` is the smallest
 * side of a target in px.
 *
 * - text that is cut without an ellipsis, spills out of the box it stands in, or lies over other text
 * - a label of a button, link or tab that is cut at all
 * - the page, or a list in it, that scrolls sideways
 * - a control that is too small, covered by something, or overlaps another one
 */
(least) => {
  const SLACK = 1.5;
  const LAYER = "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=tooltip], [popover], .pop, .scrim, .over-win";
  const CONTROL = "a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=tab], [role=option], [role=menuitem]";
  /** What is called after a person may be cut: names are as long as they are. */
  const NAME = ".name";
  const faults = new Set();
  const styles = new Map();
  const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);

  const quoted = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const named = (element) => {
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    const label = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return `${element.tagName.toLowerCase()}${classes} ${quoted(label)}`;
  };
  const size = (box) => ({ width: box.right - box.left, height: box.bottom - box.top });
  const meet = (a, b) => ({
    left: Math.max(a.left, b.left), right: Math.min(a.right, b.right), top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (box) => box.right - box.left < 1 || box.bottom - box.top < 1;

  /** The ancestors, and the element itself, that really contain its box: those that an absolute or fixed one skips are left out. */
  function* containers(element) {
    yield element;
    let position = style(element).position;
    for (let above = element.parentElement; above && position !== "fixed"; above = above.parentElement) {
      const is = style(above);
      if (position === "absolute" && is.position === "static" && is.transform === "none") continue;
      yield above;
      position = is.position;
    }
  }
  const clipsX = (element) => style(element).overflowX !== "visible";
  const clipsY = (element) => style(element).overflowY !== "visible";
  const scrolls = (value) => value === "auto" || value === "scroll";

  /** For screen readers alone, or not drawn. */
  function isUnseen(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    for (const each of containers(element)) {
      const box = each.getBoundingClientRect();
      if (clipsX(each) && (box.width <= 1 || box.height <= 1)) return true;
    }
    return false;
  }

  /** What of a box is within all that clips its element; null if nothing. Scrolled out of view is not a fault. */
  function shown(element, box) {
    let rest = box;
    for (const each of containers(element)) {
      if (each === document.documentElement || each === document.body || !(clipsX(each) || clipsY(each))) continue;
      rest = meet(rest, each.getBoundingClientRect());
      if (isEmpty(rest)) return null;
    }
    rest = meet(rest, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    return isEmpty(rest) ? null : rest;
  }

  const hasBox = (element) => {
    const is = style(element);
    const filled = !/^rgba\(.*, 0\)$|transparent/.test(is.backgroundColor);
    return is.display !== "inline" && is.display !== "contents" && (filled || is.boxShadow !== "none" || parseFloat(is.borderTopWidth) > 0);
  };
  const clamped = (element) => style(element).webkitLineClamp !== "none";
  /** A cell's or a paragraph's ellipsis also counts for the inline elements in it. */
  const ellipsed = (element) => style(element).textOverflow === "ellipsis";

  /** What lies over the page and holds the element; null for the page itself. */
  function layer(element) {
    for (let each = element; each; each = each.parentElement) {
      const { position, zIndex } = style(each);
      if (each.matches(LAYER) || position === "fixed" || (position === "absolute" && zIndex !== "auto")) return each;
    }
    return null;
  }
  /** Meant to hide what is under it: a menu, a question, or what fills the screen. */
  function hidesOnPurpose(over) {
    if (over === null) return false;
    const { width, height } = over.getBoundingClientRect();
    return over.matches(LAYER) || (width > innerWidth * 0.95 && height > innerHeight * 0.9);
  }
  /** A strip of chips on a phone is pushed aside with the thumb. */
  const isStrip = (element) => innerWidth < 600 && element.getBoundingClientRect().height < 64;

  function checkText(element, text, box) {
    const label = element.closest("button, [role=tab], nav a");
    const over = layer(element);
    let rest = box;
    for (const each of containers(element)) {
      if (each === document.documentElement || each === document.body) break;
      const around = each.getBoundingClientRect();
      const outX = rest.right > around.right + SLACK || rest.left < around.left - SLACK;
      const outY = rest.bottom > around.bottom + 2 * SLACK || rest.top < around.top - 2 * SLACK;
      if (clipsX(each) || clipsY(each)) {
        const is = style(each);
        if (outX && scrolls(is.overflowX)) isStrip(each) || faults.add(`${named(each)} scrolls sideways: ${quoted(text)}`);
        else if (outX && !ellipsed(each)) faults.add(`${quoted(text)} is cut at its side by ${named(each)}`);
        else if (outX && label?.textContent.trim() === text.trim() && !label.matches(NAME)) faults.add(`the label ${quoted(text)} is cut`);
        if (outY && !scrolls(is.overflowY) && !clamped(each)) faults.add(`${quoted(text)} is cut above or below by ${named(each)}`);
        rest = meet(rest, around);
        if (isEmpty(rest)) return null;
      } else if (outX || outY) {
        // What lies over the page, like a menu, may be larger than what it belongs to.
        if (hasBox(each) && (!over || over.contains(each))) faults.add(`${quoted(text)} spills out of ${named(each)}`);
      }
    }
    if (rest.right > innerWidth + SLACK || rest.left < -SLACK) faults.add(`${quoted(text)} stands off the screen`);
    return rest;
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, option, svg") || isUnseen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const rest = checkText(element, node.data, box);
      if (rest) texts.push({ element, text: node.data, box: rest, layer: layer(element) });
    }
  }
  texts.forEach((one, at) => {
    for (const other of texts.slice(at + 1)) {
      if (one.element === other.element || one.layer !== other.layer) continue;
      const both = size(meet(one.box, other.box));
      const lower = Math.min(size(one.box).height, size(other.box).height);
      if (both.width > 2 && both.height > lower * 0.4) faults.add(`${quoted(one.text)} lies over ${quoted(other.text)}`);
    }
  });

  if (document.documentElement.scrollWidth > innerWidth + 1) faults.add(`the page scrolls sideways: ${document.documentElement.scrollWidth} of ${innerWidth} px`);

  const modal = [...document.querySelectorAll("dialog:modal, [aria-modal=true]")].filter((each) => !isUnseen(each)).at(-1);
  const within = (control) => !modal || modal.contains(control);
  const hits = (control, x, y) => {
    const found = document.elementFromPoint(x, y);
    return found !== null && (control.contains(found) || found.contains(control) && found.matches("label") || [...(control.labels ?? [])].some((label) => label.contains(found)));
  };
  /** How many px of a line through the point belong to the control, its label or what it draws around itself. */
  function reach(control, x, y, dx, dy) {
    let steps = 1;
    for (const way of [1, -1]) for (let far = 1; far < least && hits(control, x + way * far * dx, y + way * far * dy); far++) steps++;
    return steps;
  }
  const isInline = (control) => control.matches("a") && style(control).display === "inline" && control.parentElement.textContent.trim() !== control.textContent.trim();
  const controls = [];
  for (const control of document.querySelectorAll(CONTROL)) {
    if (isUnseen(control) && !control.matches("input[type=radio], input[type=checkbox], select")) continue;
    const target = control.matches("input, select") ? control.closest("label") ?? control : control;
    // A link that goes on in the next line is as good as its first piece.
    const box = style(target).display === "inline" ? target.getClientRects()[0] ?? target.getBoundingClientRect() : target.getBoundingClientRect();
    const rest = shown(target, box);
    if (isUnseen(target) || rest === null || !within(control)) continue;
    // Half scrolled away, it can be scrolled back.
    if (size(rest).width < box.width * 0.6 || size(rest).height < box.height * 0.6) continue;
    const x = (rest.left + rest.right) / 2, y = (rest.top + rest.bottom) / 2;
    const found = document.elementFromPoint(x, y);
    const over = found && layer(found);
    if (!hits(target, x, y) && found && (modal ? modal.contains(found) : over === layer(control) || !hidesOnPurpose(over))) {
      faults.add(`${named(control)} is covered by ${named(found)}`);
      continue;
    }
    if (!hits(target, x, y)) continue;
    const large = (box.width >= least - 0.5 || reach(target, x, y, 1, 0) >= least) && (box.height >= least - 0.5 || reach(target, x, y, 0, 1) >= least);
    if (!large && !isInline(control) && !control.disabled) faults.add(`${named(control)} is ${Math.round(box.width)} × ${Math.round(box.height)} px, less than ${least}`);
    controls.push({ control, box: rest, layer: layer(control) });
  }
  controls.forEach((one, at) => {
    for (const other of controls.slice(at + 1)) {
      if (one.layer !== other.layer || one.control.contains(other.control) || other.control.contains(one.control)) continue;
      if (one.control.labels && [...one.control.labels].some((label) => label.contains(other.control))) continue;
      const both = size(meet(one.box, other.box));
      // A button may stand inside the field it belongs to.
      const field = [one.control, other.control].some((each) => each.matches("input, textarea"));
      if (both.width > 2 && both.height > 2 && !field) faults.add(`${named(one.control)} overlaps ${named(other.control)}`);
    }
  });
  return [...faults];
}
