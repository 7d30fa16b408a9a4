import type { PanelSettings } from '../../infra/settings.js';

/** From hard left to hard right. */
const LETTERING = {
  /** Of the first telegraph, made for the CQP. */
  cqp: [
    'FULL',
    'HALF',
    'SLOW',
    'REVERSE',
    'NEXT',
    'STOP',
    'COFFEE',
    'LUNCH',
    'ENGINE WORKING WRONG',
    'SIWOTI',
    'BATTLE STATIONS',
  ],
  /** Of a ship's. */
  naval: [
    'Full ahead',
    'Half ahead',
    'Slow ahead',
    'Dead slow ahead',
    'Stand by',
    'Stop',
    'Finished with engine',
    'Dead slow astern',
    'Slow astern',
    'Half astern',
    'Full astern',
  ],
} as const;

/** The eleven words of a panel. */
export function labelsOf({ labels, mode }: PanelSettings): readonly string[] {
  if (typeof labels === 'object') return labels;
  return LETTERING[labels ?? (mode === 'two-way' ? 'naval' : 'cqp')];
}
