/**
 * Sends items on as they come, no more than one sending at a time and none sooner than the last one's pause allows:
 * what comes meanwhile goes together. Keeps at most `limit` waiting, the newest.
 * The promise is for the platform to wait on; it settles when nothing waits any more, or with `send`'s error.
 */
export function coalesce<Item>(
  send: (items: Item[]) => Promise<void>,
  pause: () => Promise<void>,
  limit: number,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Item[] = [];
  let sending: Promise<void> | null = null;

  async function drain(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const together = waiting;
        waiting = [];
        await Promise.all([send(together), pause()]);
      }
    } finally {
      sending = null;
    }
  }

  return (items) => {
    waiting = [...waiting, ...items].slice(-limit);
    return (sending ??= Promise.resolve().then(drain));
  };
}
