const SVG = 'http://www.w3.org/2000/svg';

/** What may stand in an attribute. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Makes an SVG element. Text goes in as text, never as markup. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The point at a radius and at degrees clockwise from the top, about the origin. */
export function at(radius: number, degrees: number): string {
  const radians = (degrees * Math.PI) / 180;
  return `${round(radius * Math.sin(radians))} ${round(-radius * Math.cos(radians))}`;
}

/** An arc from one bearing to another; against the clock if the second is the smaller. */
export function arc(radius: number, from: number, to: number): string {
  return `M${at(radius, from)}${sweep(radius, from, to)}`;
}

/** A sector of a ring. */
export function sector(inner: number, outer: number, from: number, to: number): string {
  return `${arc(outer, from, to)}L${at(inner, to)}${sweep(inner, to, from)}Z`;
}

function sweep(radius: number, from: number, to: number): string {
  return `A${radius} ${radius} 0 ${Math.abs(to - from) > 180 ? 1 : 0} ${to > from ? 1 : 0} ${at(radius, to)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
