const HEADER = 5;
const ERROR = 0x45;
const NOTICE = 0x4e;

/**
 * Follows the frames of what a server sends (manual, section 54.7) and throws on those that the driver's parser can not
 * survive: an error or notice without its closing zeros makes it read past the end for ever, which stops the process.
 */
export class MessageGuard {
  readonly #header = Buffer.alloc(HEADER);
  #headerFilled = 0;
  /** bytes of the present message that are still to come */
  #left = 0;
  #isReport = false;
  /** last two bytes seen of an error or notice */
  #tail = 0xffff;

  /** whether the next byte begins a message */
  get between(): boolean {
    return this.#left === 0 && this.#headerFilled === 0;
  }

  check(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) at = this.#body(chunk, at);
      else if (this.#headerFilled === 0 && chunk.length - at >= HEADER) {
        this.#begin(chunk[at]!, chunk.readUInt32BE(at + 1));
        at += HEADER;
      } else {
        this.#header[this.#headerFilled++] = chunk[at++]!;
        if (this.#headerFilled === HEADER) this.#begin(this.#header[0]!, this.#header.readUInt32BE(1));
      }
    }
  }

  #begin(kind: number, length: number): void {
    if (length < 4) throw new Error('a message of the server has no length');
    this.#headerFilled = 0;
    this.#left = length - 4;
    this.#isReport = kind === ERROR || kind === NOTICE;
    this.#tail = 0xffff;
    if (this.#isReport && this.#left === 0) throw new Error('an error of the server has no text');
  }

  #body(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#left);
    this.#left -= end - at;
    if (this.#isReport) {
      for (let index = Math.max(at, end - 2); index < end; index++) {
        this.#tail = ((this.#tail << 8) | chunk[index]!) & 0xffff;
      }
      if (this.#left === 0 && this.#tail !== 0) throw new Error('an error of the server is cut short');
    }
    return end;
  }
}
