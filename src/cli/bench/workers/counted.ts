/** Counts what a Worker does with its bindings, as they are billed: each call of a stub, a store or a queue is one. */
export type Counts = Record<string, number>;

type Methods = Record<string, (...parameters: unknown[]) => unknown>;

/** The same environment, whose bindings count each call as `BINDING.method`. Text passes through. */
export function counted<Env extends object>(env: Env, counts: Counts): Env {
  const entries = Object.entries(env).map(([name, value]) => [name, typeof value === "object" && value !== null ? watched(name, value as object, counts) : value]);
  return Object.fromEntries(entries) as Env;
}

function watched(name: string, binding: object, counts: Counts): object {
  return new Proxy(binding, {
    get: (_, method) => (...parameters: unknown[]) => {
      const answer = (binding as Methods)[method as string]!(...parameters);
      // A namespace only names an object: what is billed are the calls of the object.
      if (method === "getByName") return watched(name, answer as object, counts);
      add(counts, `${name}.${String(method)}`);
      return answer;
    },
  });
}

export function add(counts: Counts, what: string, times = 1): void {
  counts[what] = (counts[what] ?? 0) + times;
}
