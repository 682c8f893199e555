import type { en } from "./en.ts";

/** Each message the product can say. */
export type MessageKey = keyof typeof en;

/** One language's words for all of them: a missing or a superfluous message does not compile. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The names of the values a message needs, read from its English text. */
type ValueNames<Message extends string> = Message extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name},${string}` ? Name : Inside extends `${string} ${string}` ? never : Inside) | ValueNames<Rest>
  : never;

/** What `text` wants after the key: nothing, or each value the message names. */
export type MessageValues<Key extends MessageKey> = [ValueNames<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<ValueNames<(typeof en)[Key]>, string | number>>];
