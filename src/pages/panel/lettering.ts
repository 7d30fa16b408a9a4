import { STEP } from './positions.js';

/** How large the lettering may be, how far apart its lines are, and what stays free at the sides of a line. */
const LETTER = 36;
const LEADING = 1.04;
const FREE = 9;
/** How narrow letters may be made before they are made smaller: a part of their own width. */
const NARROW = 0.72;
/** Where on the radius a label has its middle, and how much of the radius it may take. */
const LABEL = 338;
const DEPTH = 134;
/** How much wider a sector gets with each unit of radius. */
const WIDENING = 2 * Math.tan((STEP * Math.PI) / 360);

/** Makes the lettering of a sector narrower, then smaller, until it fits, whatever font the visitor has. It must be in the page. */
export function fit(button: SVGGElement): void {
  const lines = [...button.querySelectorAll('text')];
  for (const line of lines) line.setAttribute('font-size', String(LETTER));
  const widths = lines.map((line) => line.getComputedTextLength() / LETTER);
  /** How many line heights a line stands outside of the middle. */
  const rise = (index: number) => ((lines.length - 1) / 2 - index) * LEADING;
  /** At size s the foot of a line is at the radius LABEL + (rise - 0.4) s: so wide is the sector there. */
  const room = (index: number, size: number) => (LABEL + (rise(index) - 0.4) * size) * WIDENING - 2 * FREE;
  const sizes = widths.map(
    (width, index) => (LABEL * WIDENING - 2 * FREE) / (NARROW * width - (rise(index) - 0.4) * WIDENING),
  );
  const size = Math.min(LETTER, DEPTH / (lines.length * LEADING), ...sizes);
  const narrow = Math.min(1, ...widths.map((width, index) => room(index, size) / (width * size)));
  for (const [index, line] of lines.entries()) {
    line.setAttribute('font-size', size.toFixed(1));
    line.setAttribute('y', (-LABEL - rise(index) * size).toFixed(1));
    line.setAttribute('transform', `scale(${narrow.toFixed(3)} 1)`);
  }
}
