/**
 * Why a call failed, or why the client stopped. `code` is the server's (PROTOCOL.md 1.2) or one of the client's own:
 * `deadline` nothing came in time, `lost` the connection broke after the call was sent (it may have run), `busy` the
 * queue is full, `closed` this client is closed, `left` the room was left before it was joined, `bad-frame` the server
 * sent something that is not an object in JSON.
 */
export class EotError extends Error {
  override readonly name = 'EotError';

  /** `task` is the call that it is about, where that is known. */
  constructor(
    readonly code: string,
    message: string,
    readonly task?: string,
  ) {
    super(message);
  }

  /** Whether it is about the moment and not about you: the same may succeed when it is tried again. */
  get transient(): boolean {
    return ['busy', 'deadline', 'internal'].includes(this.code);
  }
}
