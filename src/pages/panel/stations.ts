import type { PanelFacts } from '../../wire/telegraph.js';
import type { Memory } from './memory.js';

/** Who stands at a panel: somebody who acknowledges the status file's orders; the bridge; the engine room. */
export type Station = 'panel' | 'bridge' | 'engine';

const KEY = 'eot-station';

/** The station of a panel that is opened: fixed by setting, or what was chosen in this tab, or the bridge. */
export function stationAtFirst({ mode, station }: PanelFacts, memory: Memory): Station {
  if (mode === 'status') return 'panel';
  if (station !== 'choose') return station;
  return memory.recall(KEY) === 'engine' ? 'engine' : 'bridge';
}

/** Lets the visitor choose, if the settings do; `chosen` is told the new station. */
export function offerStations(facts: PanelFacts, memory: Memory, chosen: (station: Station) => void): void {
  if (facts.mode === 'status') return;
  const choice = document.querySelector<HTMLElement>('.stations');
  if (!choice) return;
  choice.hidden = false;
  const first = stationAtFirst(facts, memory);
  for (const radio of choice.querySelectorAll('input')) {
    radio.checked = radio.value === first;
    radio.disabled = facts.station !== 'choose';
    radio.addEventListener('change', () => {
      memory.keep(KEY, radio.value);
      chosen(radio.value as Station);
    });
  }
}
