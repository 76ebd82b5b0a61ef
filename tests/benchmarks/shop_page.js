/** Notes in a shop's page what the visitor sees of it, and what holds it up. */
(() => {
  const seen = { paint: 0, shift: 0, tasks: [], launcher: 0, ready: 0, clicked: 0, entered: {}, drawn: {}, stored: {} };
  window.seen = seen;
  const each = (type, act) => new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
  each("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  each("layout-shift", (entry) => (seen.shift += entry.value));
  each("longtask", (entry) => seen.tasks.push(entry.duration));
  addEventListener("click", (event) => (seen.clicked ||= event.timeStamp), true);
  /** What is drawn now, was not before. */
  const look = () => {
    const widget = document.querySelector("shopbell-widget")?.shadowRoot;
    if (widget) {
      if (!seen.launcher && widget.querySelector(".launcher:not([hidden])")) seen.launcher = performance.now();
      if (!seen.ready && widget.querySelector(".composer textarea")) seen.ready = performance.now();
      const own = [...widget.querySelectorAll(".m.visitor")].at(-1);
      const text = own?.querySelector(".bubble").textContent;
      if (text in seen.entered) {
        seen.drawn[text] ??= performance.now();
        if (own.querySelector(".by time")) seen.stored[text] ??= performance.now();
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("keydown", (event) => {
    const field = event.composedPath()[0];
    if (event.key === "Enter" && field.value) seen.entered[field.value] = event.timeStamp;
  }, true);
})();
