import { drawCase, RADII } from './case.js';
import { drawHandle, drawIndicator, drawMetals } from './hands.js';
import type { Labels, Position } from './positions.js';
import { Sectors } from './sectors.js';
import { svg } from './svg.js';

/** The dial of a telegraph: an indicator, a handle and eleven sectors to press. */
export class Dial {
  readonly #sectors: Sectors;
  readonly #indicator = drawIndicator();
  readonly #handle = drawHandle();

  /** Draws itself into `place`; `press` is told which sector was pressed. */
  constructor(place: Element, labels: Labels, press: (position: Position) => void) {
    this.#sectors = new Sectors(labels, press);
    const parts = svg(
      'g',
      { transform: 'translate(480 480)' },
      drawCase(),
      ...this.#sectors.elements,
      this.#handle.element,
      this.#indicator.element,
      svg('circle', { class: 'boss', fill: 'url(#boss)', r: RADII.boss }),
      svg('circle', { class: 'boss-mark', r: RADII.boss - 12 }),
    );
    place.append(
      svg(
        'svg',
        { viewBox: '0 0 960 960', role: 'toolbar', 'aria-label': 'Engine order telegraph' },
        drawMetals(),
        parts,
      ),
    );
    this.#sectors.fit();
  }

  /** Shows where the indicator points and where the handle stands, and whether pressing does anything. */
  show(indicator: Position | undefined, handle: Position | undefined, live: boolean): void {
    this.#indicator.point(indicator);
    this.#handle.point(handle);
    this.#sectors.show(indicator, handle, live);
  }
}
