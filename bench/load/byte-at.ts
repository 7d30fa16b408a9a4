/** One byte, as a number whatever the compiler fears about the index; the engine inlines it. */
export function byteAt(bytes: Buffer, index: number): number {
  return bytes[index] ?? 0;
}
