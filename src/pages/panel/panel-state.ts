import type { Frame } from './frames.js';
import type { Labels, Position } from './positions.js';

/** How we stand with the server: not there yet, there, gone but coming back, gone for good. */
type Connection = 'connecting' | 'up' | 'lost' | 'closed';

/** Everything that a panel knows. */
export interface PanelState {
  readonly connection: Connection;
  /** The order that stands, shown by the indicator. */
  readonly order: Position | undefined;
  /** What I have answered, shown by the handle. */
  readonly handle: Position | undefined;
  /** Why the server did not take my last answer. */
  readonly refusal: string | undefined;
}

/** A panel that has heard nothing yet. */
export const BLANK: PanelState = {
  connection: 'connecting',
  order: undefined,
  handle: undefined,
  refusal: undefined,
};

/** The state after a frame. Only positions move anything. */
export function heard(state: PanelState, frame: Frame): PanelState {
  switch (frame.kind) {
    case 'startup':
      // An order that was given while the connection was lost is nobody's acknowledged one.
      return { ...state, order: frame.position, handle: state.handle ?? frame.position, refusal: undefined };
    case 'order':
      return { ...state, order: frame.position, refusal: undefined };
    case 'refused':
      return { ...state, refusal: frame.reason };
    default:
      return state;
  }
}

/** The state after I have put the handle somewhere. */
export function answered(state: PanelState, handle: Position): PanelState {
  return { ...state, handle, refusal: undefined };
}

/** Does an order stand that I have not answered with the same? */
export function isUnanswered(state: PanelState): boolean {
  return state.order !== undefined && (state.order !== state.handle || state.refusal !== undefined);
}

/** The state in one sentence. */
export function sentence({ connection, order, handle, refusal }: PanelState, labels: Labels): string {
  if (connection === 'connecting') return 'Connecting to the telegraph';
  if (connection === 'lost') return 'Connection lost — trying again';
  if (connection === 'closed') return 'The server has closed this panel — reload the page to try again';
  if (refusal !== undefined) return `Your answer was refused: ${refusal.slice(0, 200)}`;
  if (order === undefined) return 'No order stands';
  if (order === handle) return `${labels[order]} — acknowledged`;
  return `${labels[order]} ordered — not acknowledged`;
}
