/**
 * The page behind the link of a review mail. The link's token stands behind `#`, which no server gets to see; a link of
 * one star of five says after a slash which. Mails that staff send to themselves have `test-` and a language there.
 */

import "../dashboard/tokens.css";
import "./review.css";

import { render } from "preact";
import { pickLanguage } from "../shared/language.ts";
import { Page } from "./page.tsx";
import { Test } from "./test.tsx";

const root = document.getElementById("app");
if (root) {
  let visits = 0;
  const show = () => {
    const [token = "", stars = ""] = location.hash.slice(1).split("/");
    const test = /^test-([a-z]{2})/.exec(token);
    if (test) return render(<Test key={visits++} of={pickLanguage(test[1], navigator.language)} />, root);
    render(<Page key={visits++} token={token} stars={/^[1-5]$/.test(stars) ? Number(stars) : 0} />, root);
  };
  addEventListener("hashchange", show);
  show();
}
