/** The codes that a client may be told (PROTOCOL.md, 1.2). A task may add codes of its own. */
export type RefusalCode =
  | 'bad-frame'
  | 'not-joined'
  | 'unknown-task'
  | 'bad-data'
  | 'refused'
  | 'deadline'
  | 'busy'
  | 'internal'
  | (string & {});

/** The only error whose words a client is told; any other is logged, and told as `internal`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}
