import { drawCase, RADII } from './case.js';
import { drawHandle, drawIndicator, drawMetals } from './hands.js';
import type { Labels, Position } from './positions.js';
import { drawSectors, fit } from './sectors.js';
import { svg } from './svg.js';

/** The dial of a telegraph: an indicator, a handle and eleven sectors to press. */
export class Dial {
  readonly #sectors: ReadonlyMap<Position, SVGGElement>;
  readonly #indicator = drawIndicator();
  readonly #handle = drawHandle();

  /** Draws itself into `place`; `press` is told which sector was pressed. */
  constructor(place: Element, labels: Labels, press: (position: Position) => void) {
    this.#sectors = drawSectors(labels, press);
    const parts = svg(
      'g',
      { transform: 'translate(480 480)' },
      drawCase(),
      ...this.#sectors.values(),
      this.#handle.element,
      this.#indicator.element,
      svg('circle', { class: 'boss', fill: 'url(#boss)', r: RADII.boss }),
      svg('circle', { class: 'boss-mark', r: RADII.boss - 12 }),
    );
    place.append(
      svg(
        'svg',
        { viewBox: '0 0 960 960', role: 'group', 'aria-label': 'Engine order telegraph' },
        drawMetals(),
        parts,
      ),
    );
    for (const button of this.#sectors.values()) fit(button);
  }

  /** Shows where the order points and where the handle stands, and whether pressing does anything. */
  show(order: Position | undefined, handle: Position | undefined, live: boolean): void {
    this.#indicator.point(order);
    this.#handle.point(handle);
    for (const [position, button] of this.#sectors) {
      button.setAttribute('aria-current', String(position === order));
      button.setAttribute('aria-pressed', String(position === handle));
      button.setAttribute('aria-disabled', String(!live));
    }
  }
}
