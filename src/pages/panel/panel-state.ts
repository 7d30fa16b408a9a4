import type { Frame } from './frames.js';
import type { Position } from './positions.js';
import type { Station } from './stations.js';

/** How we stand with the server: not there yet, there, gone but coming back, gone for good. */
type Connection = 'connecting' | 'up' | 'lost' | 'closed';

/** Everything that a panel knows. */
export interface PanelState {
  readonly station: Station;
  readonly connection: Connection;
  /** The order that stands. */
  readonly order: Position | undefined;
  /** What the engine room has answered, in two-way mode. */
  readonly answer: Position | undefined;
  /** Where I have put the handle: my answer, or on a bridge my order. */
  readonly handle: Position | undefined;
  /** Why the server did not take what I last said. */
  readonly refusal: string | undefined;
}

/** A panel that has heard nothing yet. */
export function blank(station: Station, order?: Position): PanelState {
  return {
    station,
    connection: 'connecting',
    order,
    answer: undefined,
    handle: undefined,
    refusal: undefined,
  };
}

/** The state after a frame. Only positions move anything. */
export function heard(state: PanelState, frame: Frame): PanelState {
  switch (frame.kind) {
    case 'startup':
      return started(state, frame.position);
    case 'order':
      return { ...state, order: frame.position, refusal: undefined };
    case 'answer':
      return state.station === 'panel' ? state : { ...state, answer: frame.position, refusal: undefined };
    case 'refused':
      return { ...state, refusal: frame.reason };
    default:
      return state;
  }
}

/** Where the red indicator points: at the order; on a bridge, at the engine room's answer. */
export function indicated({ station, order, answer }: PanelState): Position | undefined {
  return station === 'bridge' ? answer : order;
}

/** Does a frame ring the bell of a panel? What moves its indicator does; coming back to the same order does not. */
export function rings(before: PanelState, frame: Frame): boolean {
  if (frame.kind === 'startup') return before.handle === undefined || indicated(before) !== frame.position;
  return frame.kind === (before.station === 'bridge' ? 'answer' : 'order');
}

/** The state after I have put the handle somewhere. */
export function put(state: PanelState, handle: Position): PanelState {
  return { ...state, handle, refusal: undefined };
}

/** The state at another station: its handle is where the last one there has put it. */
export function moved(state: PanelState, station: Station): PanelState {
  const handle = (station === 'bridge' ? state.order : state.answer) ?? state.handle;
  return { ...state, station, handle, refusal: undefined };
}

/** Does an order stand that is not answered with the same? */
export function isUnanswered(state: PanelState): boolean {
  const position = indicated(state);
  return position !== undefined && (position !== state.handle || state.refusal !== undefined);
}

function started(state: PanelState, position: Position): PanelState {
  const { station } = state;
  const begun = { ...state, order: position, refusal: undefined };
  // In two-way mode the server keeps nothing: whoever comes back begins anew.
  if (station !== 'panel') return { ...begun, answer: position, handle: position };
  // An order that was given while the connection was lost is nobody's acknowledged one.
  return { ...begun, handle: state.handle ?? position };
}
