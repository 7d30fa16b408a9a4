/** Makes an element. Text goes in as text, never as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', 'aria-label': label }, text);
  made.addEventListener('click', act);
  return made;
}

/** What console.html has at a selector. Throws when it has no such thing. */
export function need<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`console.html has no ${selector}`);
}

/** Writes a text, unless it stands there already: what is selected or read aloud is left alone. */
export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
