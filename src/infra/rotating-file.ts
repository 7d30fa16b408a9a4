import { appendFile, closeSync, existsSync, fstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { Writable } from 'node:stream';
import { errorFrom } from './error-from.js';

/** How large a file may grow, in bytes, and how many are kept. */
export interface Bounds {
  maxSize: number;
  maxFiles: number;
}

/**
 * A file that is renewed before it would outgrow its size: `x.log` becomes `x1.log`, that one `x2.log`, and so
 * on. No line is torn or lost, unless the disk refuses it: that is told, and the next line is tried again.
 */
export class RotatingFile extends Writable {
  #file: number | undefined;
  #size = 0;
  #regular = true;

  constructor(
    private readonly path: string,
    private readonly bounds: Bounds,
    private readonly refused: (why: Error) => void,
  ) {
    super();
  }

  override _write(line: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const written = (error?: Error | null): void => {
      if (error) this.refused(error);
      done();
    };
    try {
      this.#file ??= this.#open();
      const full = this.#size > 0 && this.#size + line.length > this.bounds.maxSize;
      if (full && this.#regular) this.#file = this.#renewed(this.#file);
      this.#size += line.length;
      appendFile(this.#file, line, written);
    } catch (error) {
      written(errorFrom(error));
    }
  }

  override _final(done: () => void): void {
    if (this.#file !== undefined) closeSync(this.#file);
    done();
  }

  #open(): number {
    const file = openSync(this.path, 'a');
    const stat = fstatSync(file);
    this.#size = stat.size;
    // Such as /dev/stdout: what is no regular file is never renamed.
    this.#regular = stat.isFile();
    return file;
  }

  #renewed(file: number): number {
    this.#file = undefined;
    closeSync(file);
    const { maxFiles } = this.bounds;
    rmSync(this.#former(maxFiles - 1), { force: true });
    for (let age = maxFiles - 1; age > 0; age--)
      if (existsSync(this.#former(age - 1))) renameSync(this.#former(age - 1), this.#former(age));
    return this.#open();
  }

  /** The name of a file that was renewed so many times. */
  #former(age: number): string {
    const { dir, name, ext } = parse(this.path);
    return join(dir, `${name}${age || ''}${ext}`);
  }
}
