/** The server stops or restarts; come back (PROTOCOL.md 1.6). */
export const GOING_AWAY = 1001;

/** You read too slowly: more than 1 MiB waited for you; come back (PROTOCOL.md 1.6). */
export const SLOW = 4000;

/** You were silent for two pings of the server; come back (PROTOCOL.md 1.6). */
export const SILENT = 4001;

/** You are not wanted; do not come back (PROTOCOL.md 1.6). */
export const REFUSED = 4500;

/** Broken protocol (1002, 1003, 1007), forbidden (1008), and a frame larger than the limit (1009). */
const FINAL: readonly number[] = [1002, 1003, 1007, 1008, 1009];

/** Whether a client whose connection was closed with `code` should connect again (PROTOCOL.md 1.6). */
export function comesBack(code: number): boolean {
  return !FINAL.includes(code) && !(code >= REFUSED && code <= 4999);
}
