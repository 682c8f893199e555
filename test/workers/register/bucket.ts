/** A recovery bucket in memory, with R2's face as far as Register uses it, that tests look into, damage and take away. */
interface Held {
  bytes: Uint8Array<ArrayBuffer>;
  uploaded: Date;
}

const held = new Map<string, Held>();
/** The buckets of these Registers cannot be reached; where the word is `after`, what is put arrives all the same. */
const away = new Map<string, "before" | "after">();

/** `stored` is for the output gate: nothing leaves an object before what it wrote is stored. */
export function memoryBucket(register: string, stored: () => Promise<void>): R2Bucket {
  const reach = (moment: "before" | "after"): void => {
    if (away.get(register) === moment) throw new Error("the bucket is away");
  };
  const bucket = {
    async put(key: string, bytes: Uint8Array) {
      await stored();
      reach("before");
      const there = held.has(key);
      if (!there) held.set(key, { bytes: bytes.slice(), uploaded: new Date() });
      reach("after");
      return there ? null : { key };
    },
    async get(key: string) {
      reach("before");
      const found = held.get(key);
      return found ? { arrayBuffer: async () => found.bytes.slice().buffer } : null;
    },
    async list({ prefix, startAfter = "" }: { prefix: string; startAfter?: string }) {
      reach("before");
      const keys = [...held.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).toSorted().slice(0, 1_000);
      return { objects: keys.map((key) => ({ key, uploaded: held.get(key)!.uploaded })) };
    },
    async delete(keys: string[]) {
      reach("before");
      for (const key of keys) held.delete(key);
    },
  };
  return bucket as unknown as R2Bucket;
}

/** One Register's bucket, for the test. */
export const bucketOf = (register: string) => ({
  keys: (prefix = "") => [...held.keys()].filter((key) => key.startsWith(`${register}/${prefix}`)).map((key) => key.slice(register.length + 1)).toSorted(),
  remove: (key: string) => held.delete(`${register}/${key}`),
  change: (key: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => {
    const found = held.get(`${register}/${key}`)!;
    held.set(`${register}/${key}`, { ...found, bytes: change(found.bytes) });
  },
  bytes: (key: string) => held.get(`${register}/${key}`)!.bytes,
  setAway: (moment: "before" | "after" | null) => void (moment ? away.set(register, moment) : away.delete(register)),
});
