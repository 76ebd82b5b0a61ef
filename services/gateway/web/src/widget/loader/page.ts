/** The page that the visitor looks at, and the word that it is another one now. */

/** A page that has moved on often sets its title a moment later. */
const SETTLE_MS = 300;
/** How often the address is looked at in browsers that tell nobody when it changes. */
const LOOK_MS = 1_000;

export class Page {
  /** What stands before the page's own title while something is unread. */
  private mark = "";

  /** As the gateway takes it: cut to size, without our mark. */
  get seen(): { url: string; title: string } {
    // Half a character at the cut would make no JSON that anybody reads.
    const title = this.title.slice(0, 300).replace(/[\uD800-\uDBFF]$/, "");
    return { url: location.href.slice(0, 2_000), title };
  }

  /** `(2) Tide mug` while two messages are unread. */
  badge(unread: number): void {
    const mark = unread ? `(${unread}) ` : "";
    if (mark === this.mark) return;
    const { title } = this;
    this.mark = mark;
    document.title = mark + title;
  }

  /** Calls when the address has changed, also without a page load. */
  watch(moved: () => void): void {
    let before = location.href;
    const look = () => {
      if (location.href === before) return;
      before = location.href;
      setTimeout(moved, SETTLE_MS);
    };
    const { navigation } = window as { navigation?: EventTarget };
    if (navigation) navigation.addEventListener("currententrychange", look);
    else setInterval(look, LOOK_MS);
  }

  private get title(): string {
    const { title } = document;
    return title.startsWith(this.mark) ? title.slice(this.mark.length) : title;
  }
}
