import { indicated, type PanelState } from './panel-state.js';
import type { Labels } from './positions.js';

/** The state of a panel in one sentence. */
export function sentence(state: PanelState, labels: Labels): string {
  const { connection, refusal } = state;
  if (connection === 'connecting') return 'Connecting to the telegraph';
  if (connection === 'lost') return 'Connection lost — trying again';
  if (connection === 'closed') return 'The server has closed this panel — reload the page to try again';
  if (refusal !== undefined) return `${refused(state)} was refused: ${refusal.slice(0, 200)}`;
  return state.station === 'bridge' ? onBridge(state, labels) : below(state, labels);
}

function refused({ station }: PanelState): string {
  return station === 'bridge' ? 'Your order' : 'Your answer';
}

function below(state: PanelState, labels: Labels): string {
  const order = indicated(state);
  if (order === undefined) return 'No order stands';
  return order === state.handle
    ? `${labels[order]} — acknowledged`
    : `${labels[order]} ordered — not acknowledged`;
}

function onBridge(state: PanelState, labels: Labels): string {
  const answer = indicated(state);
  if (answer === undefined || state.handle === undefined) return 'No order stands';
  return answer === state.handle
    ? `${labels[answer]} — answered by the engine room`
    : `${labels[state.handle]} ordered — the engine room stands at ${labels[answer]}`;
}
