import { RADII } from './case.js';
import { angleOf, type Position, STEP } from './positions.js';
import { arc, svg } from './svg.js';

/** A part that turns about the middle of the dial: out of sight until it has a position. */
export class Hand {
  readonly element: SVGGElement;
  readonly #turning: SVGGElement;

  constructor(name: string, ...parts: SVGElement[]) {
    this.#turning = svg('g', { class: 'turning' }, ...parts);
    this.element = svg('g', { id: name, class: 'hand', 'aria-hidden': 'true' }, this.#turning);
  }

  /** Turns it to a position. */
  point(position: Position | undefined): void {
    if (position === undefined) return;
    const { dataset } = this.element;
    dataset.position = String(position);
    dataset.angle = angleOf(position).toFixed(2);
    this.#turning.style.transform = `rotate(${angleOf(position)}deg)`;
  }
}

/** The red indicator: where the order points. */
export function drawIndicator(): Hand {
  const tip = -(RADII.disc - 4);
  return new Hand(
    'indicator',
    svg('path', { class: 'red', d: `M0 ${tip}L24-186L7-192L5 84A18 18 0 0 1-5 84L-7-192L-24-186Z` }),
    svg('path', { class: 'red lit', d: `M0 ${tip}L-24-186L-7-192L-5 84L0 86Z` }),
  );
}

/** The brass handle: a fork that frames the sector it is put at, and a grip outside the case. */
export function drawHandle(): Hand {
  const { bezel } = RADII;
  const half = STEP / 2;
  const arms = [-half, half].map((angle) =>
    svg('path', {
      class: 'arm',
      fill: 'url(#bar)',
      transform: `rotate(${angle})`,
      d: `M-8-40L-5.5 ${6 - bezel}H5.5L8-40Z`,
    }),
  );
  return new Hand(
    'handle',
    ...arms,
    svg('circle', { class: 'arm', fill: 'url(#brass)', r: 70 }),
    svg('path', { class: 'yoke-edge', d: arc(bezel - 2, -half - 0.9, half + 0.9) }),
    svg('path', { class: 'yoke', stroke: 'url(#brass)', d: arc(bezel - 2, -half - 0.9, half + 0.9) }),
    svg('path', {
      class: 'arm',
      fill: 'url(#bar)',
      d: `M-13 ${-bezel - 6}L-9 ${-bezel - 18}H9L13 ${-bezel - 6}Z`,
    }),
    svg('rect', {
      class: 'grip',
      fill: 'url(#wood)',
      x: -54,
      y: -bezel - 41,
      width: 108,
      height: 25,
      rx: 12.5,
    }),
    ...[-44, 36].map((x) =>
      svg('rect', { class: 'arm', fill: 'url(#ferrule)', x, y: -bezel - 42, width: 8, height: 27, rx: 2 }),
    ),
  );
}

/** Gradients that stand across a part and turn with it. */
export function drawMetals(): SVGElement {
  return svg(
    'defs',
    {},
    metal('brass', { x2: 1, y2: 1 }, 'deep', 'mid', 'high', 'mid', 'deep', 'mid'),
    metal('bar', { x2: 1, y2: 0 }, 'deep', 'high', 'mid', 'deep'),
    metal('ferrule', { x2: 0, y2: 1 }, 'deep', 'high', 'mid', 'deep'),
    metal('wood', { x2: 0, y2: 1 }, 'wood-high', 'wood', 'wood-deep'),
    metal('boss', { x2: 0.7, y2: 1 }, 'high', 'mid', 'deep'),
  );
}

function metal(id: string, end: { x2: number; y2: number }, ...tones: string[]): SVGElement {
  const stops = tones.map((tone, index) =>
    svg('stop', { class: `tone-${tone}`, offset: index / (tones.length - 1) }),
  );
  return svg('linearGradient', { id, ...end }, ...stops);
}
