import { RADII } from './case.js';
import { angleOf, type Labels, POSITIONS, type Position, STEP } from './positions.js';
import { sector, svg } from './svg.js';

/** How large the lettering may be, how far apart its lines are, and what stays free at the sides of a line. */
const LETTER = 36;
const LEADING = 1.04;
const FREE = 10;
/** Where on the radius a label has its middle. */
const LABEL = 342;
/** How much wider a sector gets with each unit of radius. */
const WIDENING = 2 * Math.tan((STEP * Math.PI) / 360);

/** Draws the eleven sectors as buttons; `press` is told which one was clicked, or pressed by key. */
export function drawSectors(
  labels: Labels,
  press: (position: Position) => void,
): ReadonlyMap<Position, SVGGElement> {
  const drawn = new Map<Position, SVGGElement>();
  for (const position of POSITIONS) {
    const button = drawSector(position, labels[position]);
    button.addEventListener('click', () => press(position));
    button.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (event.key === 'Enter' || event.key === ' ') press(position);
      else if (step) drawn.get((position + step) as Position)?.focus();
      else return;
      event.preventDefault();
    });
    drawn.set(position, button);
  }
  return drawn;
}

/** Makes the letters of a label smaller until it fits, whatever font the visitor has. It must be in the page. */
export function fit(button: SVGGElement): void {
  const lines = [...button.querySelectorAll('text')];
  /** How many line heights a line stands outside of the middle. */
  const rise = (index: number) => ((lines.length - 1) / 2 - index) * LEADING;
  const sizes = lines.map((line, index) => {
    const width = line.getComputedTextLength() / LETTER;
    // At size s the foot of the line is at the radius LABEL + (rise - 0.4) s, and there it must fit.
    return (LABEL * WIDENING - 2 * FREE) / (width - (rise(index) - 0.4) * WIDENING);
  });
  const size = Math.min(LETTER, ...sizes);
  for (const [index, line] of lines.entries()) {
    line.setAttribute('font-size', size.toFixed(1));
    line.setAttribute('y', (-LABEL - rise(index) * size).toFixed(1));
  }
}

function drawSector(position: Position, label: string): SVGGElement {
  const lines = label.split(' ').map((word) => svg('text', { 'font-size': LETTER }, word));
  return svg(
    'g',
    {
      class: 'sector',
      role: 'button',
      tabindex: 0,
      'aria-label': label,
      'data-position': position,
      transform: `rotate(${angleOf(position)})`,
    },
    svg('path', { class: 'face', d: sector(RADII.disc, RADII.band - 1, -STEP / 2, STEP / 2) }),
    svg('path', { class: 'focus', d: sector(RADII.disc + 6, RADII.band - 7, 1 - STEP / 2, STEP / 2 - 1) }),
    svg('g', { class: 'label' }, ...lines),
  );
}
