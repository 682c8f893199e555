/**
 * Arithmetic over named numbers, as a formula is written down: numbers, names, + - * /, min, max and parentheses. JavaScript reads it the same way, but for
 * what nobody knows: what rests on null is null, and so is what is divided by nothing.
 */
type Known = number | null;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|([-+*/(),]))/gy;

const FUNCTIONS: Readonly<Record<string, (a: number, b: number) => number>> = { min: Math.min, max: Math.max };

const both = (a: Known, b: Known, act: (a: number, b: number) => number): Known => {
  const result = a === null || b === null ? Number.NaN : act(a, b);
  return Number.isFinite(result) ? result : null;
};

class Reader {
  readonly #tokens: string[];
  readonly #values: Readonly<Record<string, Known>>;
  #at = 0;

  constructor(code: string, values: Readonly<Record<string, Known>>) {
    this.#tokens = tokensOf(code);
    this.#values = values;
  }

  whole(): Known {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) throw new RangeError(`nothing may follow here: ${this.#tokens[this.#at]}`);
    return value;
  }

  #sum(): Known {
    let value = this.#product();
    for (;;) {
      if (this.#took("+")) value = both(value, this.#product(), (a, b) => a + b);
      else if (this.#took("-")) value = both(value, this.#product(), (a, b) => a - b);
      else return value;
    }
  }

  #product(): Known {
    let value = this.#part();
    for (;;) {
      if (this.#took("*")) value = both(value, this.#part(), (a, b) => a * b);
      else if (this.#took("/")) value = both(value, this.#part(), (a, b) => a / b);
      else return value;
    }
  }

  #part(): Known {
    if (this.#took("(")) return this.#closed(this.#sum());
    const token = this.#tokens[this.#at++] ?? "";
    const combine = Object.hasOwn(FUNCTIONS, token) ? FUNCTIONS[token] : undefined;
    if (combine) return this.#call(combine);
    if (/^\d/.test(token)) return Number(token);
    if (Object.hasOwn(this.#values, token)) return this.#values[token]!;
    throw new RangeError(`nobody says what this is: ${token}`);
  }

  #call(combine: (a: number, b: number) => number): Known {
    this.#take("(");
    const first = this.#sum();
    this.#take(",");
    return this.#closed(both(first, this.#sum(), combine));
  }

  #closed(value: Known): Known {
    this.#take(")");
    return value;
  }

  #took(token: string): boolean {
    const is = this.#tokens[this.#at] === token;
    if (is) this.#at++;
    return is;
  }

  #take(token: string): void {
    if (!this.#took(token)) throw new RangeError(`there is no ${token} where it must be`);
  }
}

function tokensOf(code: string): string[] {
  const tokens = [...code.matchAll(TOKEN)].map(([, ...found]) => found.find((one) => one !== undefined)!);
  if (tokens.join("") !== code.replaceAll(/\s/g, "")) throw new RangeError("there is something no formula has");
  return tokens;
}

/** What the code comes to with these numbers. Throws RangeError on what is no formula, and on a name nobody gave a number for. */
export const evaluate = (code: string, values: Readonly<Record<string, Known>>): Known => new Reader(code, values).whole();

/** The numbers it takes, in the order they are named, each once. */
export const namesIn = (code: string): string[] => [...new Set(tokensOf(code).filter((token) => /^[A-Za-z]/.test(token) && !Object.hasOwn(FUNCTIONS, token)))];
