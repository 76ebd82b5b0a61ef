// The demo shop's own script: a basket, and the word of it to the chat, so that whoever answers sees it too.
const NAME = "morrow-basket";
const shown = document.querySelector(".basket");
const button = document.querySelector(".product button");
const price = Number(document.querySelector(".price")?.textContent.replace(/[^\d.]/g, ""));

function basket() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? { pieces: 0, total: 0 };
  } catch {
    return { pieces: 0, total: 0 };
  }
}

function show() {
  const { pieces, total } = basket();
  shown.textContent = pieces ? `Basket: ${pieces}, €${total.toFixed(2)}` : "";
  (window.shopbell ??= []).push((shopbell) => shopbell.cart({ pieces, total, currency: "EUR" }));
}

button?.addEventListener("click", () => {
  const { pieces, total } = basket();
  localStorage.setItem(NAME, JSON.stringify({ pieces: pieces + 1, total: total + price }));
  show();
});
addEventListener("storage", (event) => event.key === NAME && show());
show();
