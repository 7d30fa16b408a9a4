import { RADII } from './case.js';
import { fit } from './lettering.js';
import { angleOf, type Labels, POSITIONS, type Position, STEP } from './positions.js';
import { sector, svg } from './svg.js';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** The eleven sectors as buttons: one stop for the tabulator, arrows lead from one to the next. */
export class Sectors {
  readonly #buttons = new Map<Position, SVGGElement>();
  #stop: Position = 6;

  /** `press` is told which one was clicked, or pressed by key. */
  constructor(labels: Labels, press: (position: Position) => void) {
    for (const position of POSITIONS) {
      const button = drawSector(position, labels[position]);
      button.addEventListener('click', () => press(position));
      button.addEventListener('focus', () => this.#stopAt(position));
      button.addEventListener('keydown', (event) => {
        const presses = event.key === 'Enter' || event.key === ' ';
        const next = presses ? undefined : stepFrom(position, event.key);
        if (!presses && !next) return;
        event.preventDefault();
        // A key that is held down presses once.
        if (presses && !event.repeat) press(position);
        if (next) this.#buttons.get(next)?.focus();
      });
      this.#buttons.set(position, button);
    }
    this.#stopAt(this.#stop);
  }

  get elements(): SVGGElement[] {
    return [...this.#buttons.values()];
  }

  /** Makes the lettering fit. They must be in the page. */
  fit(): void {
    for (const button of this.#buttons.values()) fit(button);
  }

  show(order: Position | undefined, handle: Position | undefined, live: boolean): void {
    for (const [position, button] of this.#buttons) {
      button.setAttribute('aria-current', String(position === order));
      button.setAttribute('aria-pressed', String(position === handle));
      button.setAttribute('aria-disabled', String(!live));
    }
    // Who comes by tabulator lands on the order, and is not moved away from where they are.
    if (order !== undefined && !this.elements.some((button) => button === document.activeElement))
      this.#stopAt(order);
  }

  #stopAt(position: Position): void {
    this.#buttons.get(this.#stop)?.setAttribute('tabindex', '-1');
    this.#buttons.get(position)?.setAttribute('tabindex', '0');
    this.#stop = position;
  }
}

/** Where a key leads from a position. */
function stepFrom(position: Position, key: string): Position | undefined {
  if (key === 'Home') return 1;
  if (key === 'End') return 11;
  const step = STEPS[key];
  return step === undefined ? undefined : (Math.min(11, Math.max(1, position + step)) as Position);
}

function drawSector(position: Position, label: string): SVGGElement {
  const lines = label.split(/\s+/).map((word) => svg('text', {}, word));
  return svg(
    'g',
    {
      class: 'sector',
      role: 'button',
      tabindex: -1,
      'aria-label': label,
      'data-position': position,
      transform: `rotate(${angleOf(position)})`,
    },
    svg('path', { class: 'face', d: sector(RADII.disc, RADII.band - 1, -STEP / 2, STEP / 2) }),
    svg('path', { class: 'focus', d: sector(RADII.disc + 6, RADII.band - 7, 1 - STEP / 2, STEP / 2 - 1) }),
    svg('g', { class: 'label' }, ...lines),
  );
}
