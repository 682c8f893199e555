/** Structured fields (RFC 9651), as much of them as a request for a signature needs: a dictionary of lists of strings. */

export type BareItem = string | number | boolean;
type Parameters = ReadonlyMap<string, BareItem>;

export interface StringItem {
  value: string;
  parameters: Parameters;
}

export interface InnerList {
  items: StringItem[];
  parameters: Parameters;
}

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const STRING = /"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y;
const INTEGER = /-?\d{1,15}(?![\d.])/y;
const BOOLEAN = /\?[01]/y;
const SPACES = / */y;
const OPTIONAL_SPACE = /[ \t]*/y;

class Malformed extends Error {}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** §4.2.2. A key that comes twice counts as it came last. */
  dictionary(): Map<string, InnerList> {
    const members = new Map<string, InnerList>();
    for (let more = true; more; more = this.#skip(",")) {
      this.#take(OPTIONAL_SPACE);
      const key = this.#need(KEY);
      this.#expect("=");
      members.set(key, this.#innerList());
      this.#take(OPTIONAL_SPACE);
    }
    if (this.#at < this.#text.length) throw new Malformed();
    return members;
  }

  #innerList(): InnerList {
    const items: StringItem[] = [];
    this.#expect("(");
    for (this.#take(SPACES); !this.#skip(")"); ) {
      items.push({ value: JSON.parse(this.#need(STRING)) as string, parameters: this.#parameters() });
      const [next] = this.#text.slice(this.#at);
      if (next !== " " && next !== ")") throw new Malformed();
      this.#take(SPACES);
    }
    return { items, parameters: this.#parameters() };
  }

  #parameters(): Parameters {
    const parameters = new Map<string, BareItem>();
    while (this.#skip(";")) {
      this.#take(SPACES);
      const key = this.#need(KEY);
      parameters.set(key, this.#skip("=") ? this.#bareItem() : true);
    }
    return parameters;
  }

  #bareItem(): BareItem {
    const boolean = this.#take(BOOLEAN);
    if (boolean) return boolean === "?1";
    const integer = this.#take(INTEGER);
    return integer ? Number(integer) : (JSON.parse(this.#need(STRING)) as string);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #need(pattern: RegExp): string {
    const found = this.#take(pattern);
    if (found === undefined) throw new Malformed();
    return found;
  }

  #skip(character: string): boolean {
    const found = this.#text[this.#at] === character;
    if (found) this.#at++;
    return found;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) throw new Malformed();
  }
}

/** The field's members by their keys; null when it is anything else than a dictionary of lists of strings. */
export function parseInnerLists(field: string): Map<string, InnerList> | null {
  try {
    return new Parser(field.trim()).dictionary();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
