/** Notes in a page how long what its user does takes until the next picture, and which tasks hold it up. */
(() => {
  const watched = { phase: "", interactions: [], tasks: [] };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) watched.interactions.push({ phase: watched.phase, name: entry.name, ms: entry.duration });
  }).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.tasks.push({ phase: watched.phase, ms: entry.duration });
  }).observe({ type: "longtask" });
  /** When the desk's switch was first drawn, in ms since the address was entered. */
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".desk [role=switch]")) return;
    observer.disconnect();
    requestAnimationFrame(() => (watched.ready = performance.now()));
  }).observe(document, { childList: true, subtree: true });

  const clock = () => performance.timeOrigin + performance.now();
  watched.entered = [];
  addEventListener("keydown", (event) => event.key === "Enter" && watched.entered.push(performance.timeOrigin + event.timeStamp), true);
  /** When each of the other side's messages, which `selector` finds, is first drawn. */
  watched.follow = (selector) => {
    const roots = [document, ...[...document.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? [])];
    const seen = new Set();
    watched.drawn = {};
    const look = (root) => {
      for (const element of root.querySelectorAll(selector)) {
        const text = element.textContent;
        if (seen.has(text)) continue;
        seen.add(text);
        requestAnimationFrame(() => (watched.drawn[text] = clock()));
      }
    };
    for (const root of roots) new MutationObserver(() => look(root)).observe(root, { childList: true, subtree: true, characterData: true });
  };
})();
