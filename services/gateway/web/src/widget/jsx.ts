/** Takes the place of Preact's own JSX runtime in the widget, which weighs more and does the same here. */

import { createElement, Fragment, type ComponentType } from "preact";

export const jsx = (type: ComponentType, props: object, key?: string) => createElement(type, key === undefined ? props : { ...props, key });
export { Fragment, jsx as jsxs };
