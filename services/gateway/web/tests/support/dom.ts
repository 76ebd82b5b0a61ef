/** As much of a document as Preact and our parts need: a tree, attributes, clicks and the focus. Nothing is laid out. */

type Listener = (event: unknown) => unknown;

export class FakeNode {
  parentNode: FakeNode | null = null;
  childNodes: FakeNode[] = [];
  data = "";

  constructor(readonly nodeType: 1 | 3, readonly localName: string, readonly ownerDocument: FakeDocument) {}

  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): FakeNode | null {
    return this.parentNode?.childNodes[this.parentNode.childNodes.indexOf(this) + 1] ?? null;
  }

  get parentElement(): FakeNode | null {
    return this.parentNode;
  }

  get textContent(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map((node) => node.textContent).join("");
  }

  set textContent(text: string) {
    this.replaceChildren(...(text ? [text] : []));
  }

  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, node);
    node.parentNode = this;
    return node;
  }

  append(...nodes: (FakeNode | string)[]): void {
    for (const node of nodes) this.insertBefore(typeof node === "string" ? this.ownerDocument.createTextNode(node) : node, null);
  }

  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null);
  }

  prepend(node: FakeNode): void {
    this.insertBefore(node, this.firstChild);
  }

  replaceChildren(...nodes: (FakeNode | string)[]): void {
    for (const node of [...this.childNodes]) node.remove();
    this.append(...nodes);
  }

  removeChild(node: FakeNode): void {
    node.remove();
  }

  /** With it goes the focus, as in a browser. */
  remove(): void {
    const { parentNode, ownerDocument } = this;
    if (!parentNode) return;
    if (this.contains(ownerDocument.activeElement)) ownerDocument.activeElement = null;
    parentNode.childNodes = parentNode.childNodes.filter((node) => node !== this);
    this.parentNode = null;
  }

  contains(node: FakeNode | null): boolean {
    return node !== null && (node === this || this.contains(node.parentNode));
  }
}

export class FakeElement extends FakeNode {
  readonly attributes: { name: string; value: string }[] = [];
  readonly style: Record<string, unknown> = { setProperty: () => {} };
  className = "";
  hidden = false;
  value = "";
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;
  private readonly listeners: [string, Listener][] = [];

  constructor(name: string, document: FakeDocument) {
    super(1, name, document);
  }

  get nextElementSibling(): FakeElement | null {
    const next = this.nextSibling;
    return next === null || next instanceof FakeElement ? next : null;
  }

  setAttribute(name: string, value: unknown): void {
    this.removeAttribute(name);
    this.attributes.push({ name, value: String(value) });
    if (name === "class") this.className = String(value);
  }

  getAttribute(name: string): string | null {
    return this.attributes.find((each) => each.name === name)?.value ?? null;
  }

  removeAttribute(name: string): void {
    this.attributes.splice(0, Infinity, ...this.attributes.filter((each) => each.name !== name));
  }

  addEventListener(type: string, act: Listener): void {
    this.listeners.push([type.toLowerCase(), act]);
  }

  removeEventListener(type: string, act: Listener): void {
    this.listeners.splice(0, Infinity, ...this.listeners.filter(([name, each]) => name !== type.toLowerCase() || each !== act));
  }

  /** A finger on it takes the focus there, too. */
  click(): void {
    this.focus();
    this.tell("click");
  }

  tell(what: string): void {
    for (const [type, act] of [...this.listeners]) if (type === what) act.call(this, { type, target: this, currentTarget: this });
  }

  focus(): void {
    this.ownerDocument.activeElement = this;
  }

  getRootNode(): FakeDocument | FakeNode {
    return this.ownerDocument;
  }

  closest(name: string): FakeElement | null {
    const at = this.parentNode;
    return this.localName === name ? this : at instanceof FakeElement ? at.closest(name) : null;
  }

  querySelectorAll(selector: string): FakeElement[] {
    return this.all().filter((each) => each.is(selector.split(" ")));
  }

  querySelector(selector: string): FakeElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  /** The button of that name. */
  button(name: string): FakeElement {
    const found = this.querySelectorAll("button").find((each) => (each.getAttribute("aria-label") ?? each.textContent) === name);
    if (!found) throw new Error(`no button ${name} in: ${this.textContent}`);
    return found;
  }

  private all(): FakeElement[] {
    return this.childNodes.flatMap((node) => (node instanceof FakeElement ? [node, ...node.all()] : []));
  }

  /** Names and classes, each within the one before. */
  private is([...steps]: string[]): boolean {
    const last = steps.pop()!;
    const [name, ...classes] = last.split(".");
    if ((name && name !== this.localName) || !classes.every((each) => this.className.split(" ").includes(each))) return false;
    for (let at = this.parentNode; steps.length > 0; at = at.parentNode) {
      if (!at) return false;
      if (at instanceof FakeElement && at.is(steps)) break;
    }
    return true;
  }
}

export class FakeDocument {
  activeElement: FakeNode | null = null;
  hidden = false;
  readonly body = new FakeElement("body", this);

  createElement(name: string): FakeElement {
    return new FakeElement(name, this);
  }

  createElementNS(_: string, name: string): FakeElement {
    return new FakeElement(name, this);
  }

  createTextNode(text: string): FakeNode {
    const node = new FakeNode(3, "#text", this);
    node.data = text;
    return node;
  }

  querySelector(selector: string): FakeElement | null {
    return this.body.querySelector(selector);
  }

  addEventListener(): void {}
  removeEventListener(): void {}
}

/** Puts a document where scripts look for one. */
export function fakeDocument(): FakeDocument {
  const document = new FakeDocument();
  class Nothing {
    observe() {}
    disconnect() {}
    replaceSync() {}
  }
  Object.assign(globalThis, { document, ResizeObserver: Nothing, CSSStyleSheet: Nothing });
  return document;
}
