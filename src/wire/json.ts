/** Anything that JSON can say: what `data` on the wire may be (PROTOCOL.md 1.2). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
