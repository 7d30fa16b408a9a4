import { POSITIONS, STEP } from './positions.js';
import { arc, at, sector, svg } from './svg.js';

/** The radii of the dial, in units of its 960 wide drawing. */
export const RADII = {
  bezel: 436,
  band: 396,
  disc: 246,
  boss: 45,
} as const;

/** Half the angle that the eleven sectors take. */
const EDGE = (POSITIONS.length * STEP) / 2;

/** Everything of the dial that never moves and cannot be touched: enamel, lettering, screws. */
export function drawCase(): SVGElement {
  const { bezel, band, disc } = RADII;
  const middle = (bezel + band) / 2;
  return svg(
    'g',
    { 'aria-hidden': 'true' },
    svg('circle', { class: 'rim', r: bezel - 2 }),
    svg('circle', { class: 'rim', r: band + 3 }),
    svg('circle', { class: 'enamel', r: band }),
    svg('path', { class: 'plate', d: sector(disc, band - 1, EDGE + 1.6, 360 - EDGE - 1.6) }),
    svg('circle', { class: 'disc', r: disc }),
    svg('path', { class: 'ticks', d: drawTicks(disc - 6) }),
    ...[disc - 26, 152, 148].map((r) => svg('circle', { class: 'turned', r })),
    ...engraved('sciencing', 'SCIENCING', middle - 8, -104, -21),
    ...engraved('mandate', 'MANDATE', middle - 8, 21, 104),
    ...engraved('name', 'ENGINE ORDER TELEGRAPH', 333, 360 - EDGE - 4, EDGE + 4),
    ...engraved('year', '★ 1873 ★', 200, 240, 120),
    ...[-128, 128, -156, 156].map((angle) => screw(middle, angle)),
  );
}

function drawTicks(outer: number): string {
  const ticks = Array.from({ length: POSITIONS.length * 4 + 1 }, (_, index) => {
    const angle = (index * STEP) / 4 - EDGE;
    const length = index % 4 === 0 ? 20 : index % 2 === 0 ? 14 : 7;
    return `M${at(outer, angle)}L${at(outer - length, angle)}`;
  });
  return ticks.join('');
}

function engraved(id: string, words: string, radius: number, from: number, to: number): SVGElement[] {
  const line = svg('textPath', { href: `#${id}`, startOffset: '50%' }, words);
  return [
    svg('path', { id, class: 'guide', d: arc(radius, from, to) }),
    svg('text', { class: `glint ${id}`, transform: 'translate(0 1.5)' }, line.cloneNode(true)),
    svg('text', { class: `engraved ${id}` }, line),
  ];
}

function screw(radius: number, angle: number): SVGElement {
  const [x = 0, y = 0] = at(radius, angle).split(' ').map(Number);
  return svg(
    'g',
    { class: 'screw', transform: `translate(${x} ${y}) rotate(${angle * 2.7})` },
    svg('circle', { r: 11 }),
    svg('path', { d: 'M-8 0H8' }),
  );
}
