/** The page behind the link of a review mail. The link's token stands behind `#`, which no server gets to see. */

import "../dashboard/tokens.css";
import "./review.css";

import { render } from "preact";
import { Page } from "./page.tsx";

const root = document.getElementById("app");
if (root) {
  const show = () => render(<Page key={location.hash} token={location.hash.slice(1)} />, root);
  addEventListener("hashchange", show);
  show();
}
