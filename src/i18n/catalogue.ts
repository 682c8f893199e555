import type * as en from "./en/index.ts";

type English = typeof en;

type RoomName = keyof English;

type KeysOf<Room> = Room extends unknown ? keyof Room : never;

/** Each message the product can say. */
export type MessageKey = KeysOf<English[RoomName]>;

/** One room's words in another language: a missing or a superfluous message does not compile. */
export type Words<Name extends RoomName> = Readonly<Record<keyof English[Name], string>>;

/** The keys that another room has too: there may be none. */
type Twice<Name extends RoomName> = Readonly<Partial<Record<keyof English[Name] & KeysOf<English[Exclude<RoomName, Name>]>, never>>>;

/** One language: all rooms, and no key in two of them. */
export type Language = { readonly [Name in RoomName]: Words<Name> & Twice<Name> };

/** One language's words, of all its rooms. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The English texts, of all rooms. */
type EnglishTexts = { readonly [Key in MessageKey]: Extract<English[RoomName], Readonly<Record<Key, string>>>[Key] };

/** The names of the values a message needs, read from its English text. */
type ValueNames<Message extends string> = Message extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name},${string}` ? Name : Inside extends `${string} ${string}` ? never : Inside) | ValueNames<Rest>
  : never;

/** What `text` wants after the key: nothing, or each value the message names. */
export type MessageValues<Key extends MessageKey> = [ValueNames<EnglishTexts[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<ValueNames<EnglishTexts[Key]>, string | number>>];
