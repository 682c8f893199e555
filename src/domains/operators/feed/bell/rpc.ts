/** The one object that passes a Replica's rows on to feeds as they come. */
export interface BellApi {
  join(operator: string): Promise<void>;
  leave(operator: string): Promise<void>;
  /** Goes on ringing, should it have stopped. */
  keep(): Promise<void>;
}

export const BELL_NAME = "bell";
