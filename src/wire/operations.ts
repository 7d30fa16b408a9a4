/** The guarded room in which every change of a service's state is said (PROTOCOL.md, 4). */
export const SERVICES = 'services';

/** The task in whose name it is said there. */
export const SERVICE_STATE = 'ServiceState';

/** The task in whose name a client is told what it follows. */
export const TRACE_STEP = 'TraceStep';

/** How many clients, or rooms, one answer holds at most. */
export const PAGE = 50;

/** Where a service stands; times are ISO 8601. */
export interface ServiceState {
  name: string;
  state: string;
  since: string;
  deaths: number;
  reason?: string;
}

/** A connection, as an operator sees it. */
export interface ClientInfo {
  cid: string;
  /** Null for an anonymous visitor. */
  user: string | null;
  address: string;
  /** The first few of the rooms that it is in. */
  rooms: string[];
  /** How many rooms it is in. */
  places: number;
}

/** A room, as an operator sees it. */
export interface RoomInfo {
  room: string;
  members: number;
  /** Of its latest message. */
  offset: number;
}

/** A part of a long list. */
export interface Page<Item> {
  /** How many there are in all. */
  total: number;
  items: Item[];
}

/** Where in the house a step of a connection happens. */
export type Where = 'socket' | 'room' | 'task' | 'service';

/** One thing that happened to a connection that is followed. */
export interface Step {
  time: string;
  where: Where;
  what: string;
}
