const NEWLINE = 0x0a;

/** The longest line read, in bytes: eight tokens and room to spare. */
export const MAX_LINE = 4_096;

/** Cuts a stream of bytes into lines. Never holds more than one piece of the stream and one line. */
export class LineReader {
  readonly #decoder = new TextDecoder();
  #rest = new Uint8Array();
  #skipping = false;

  /** The lines that this piece ends, without their line breaks; null stands for one that is too long to be read. */
  push(piece: Uint8Array): (string | null)[] {
    const end = piece.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.#keep(piece);
      return [];
    }
    const first = piece.indexOf(NEWLINE);
    const head = this.#finish(piece.subarray(0, first));
    this.#keep(piece.subarray(end + 1));
    return first === end ? [head] : [head, ...this.#whole(piece.subarray(first + 1, end))];
  }

  /** The line after the last line break, if there is one. */
  end(): (string | null)[] {
    return this.#skipping || this.#rest.length > 0 ? [this.#finish(new Uint8Array())] : [];
  }

  #keep(tail: Uint8Array): void {
    this.#skipping ||= this.#rest.length + tail.length > MAX_LINE;
    if (this.#skipping || tail.length === 0) {
      if (this.#skipping) this.#rest = new Uint8Array();
      return;
    }
    const rest = new Uint8Array(this.#rest.length + tail.length);
    rest.set(this.#rest);
    rest.set(tail, this.#rest.length);
    this.#rest = rest;
  }

  #finish(tail: Uint8Array): string | null {
    this.#keep(tail);
    const line = this.#skipping ? null : this.#decoder.decode(this.#rest);
    this.#rest = new Uint8Array();
    this.#skipping = false;
    return line;
  }

  /** Lines that begin and end within one piece, decoded at once. */
  #whole(bytes: Uint8Array): (string | null)[] {
    return this.#decoder.decode(bytes).split("\n").map((line) => (line.length > MAX_LINE ? null : line));
  }
}
