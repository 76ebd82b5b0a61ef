/**
 * The page behind the link of a review mail. The link's token stands behind `#`, which no server gets to see; a link of
 * one star of five says after a slash which.
 */

import "../dashboard/tokens.css";
import "./review.css";

import { render } from "preact";
import { Page } from "./page.tsx";

const root = document.getElementById("app");
if (root) {
  let visits = 0;
  const show = () => {
    const [token = "", stars = ""] = location.hash.slice(1).split("/");
    render(<Page key={visits++} token={token} stars={/^[1-5]$/.test(stars) ? Number(stars) : 0} />, root);
  };
  addEventListener("hashchange", show);
  show();
}
