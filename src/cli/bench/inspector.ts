/** What V8 itself counts of one isolate, over its inspector (Chrome DevTools Protocol, Runtime and HeapProfiler). */
interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize: number;
  backingStorageSize: number;
}

/** The bytes an isolate holds once its garbage is collected: objects, and the buffers they own. `awake` sends it a request. */
export async function isolateBytes(inspector: string, worker: string, awake: () => Promise<unknown>): Promise<number> {
  const socket = new WebSocket(`${inspector.replace(/\/$/, "")}/core:user:${worker}`);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  try {
    await call(socket, "HeapProfiler.enable");
    await Promise.all([call(socket, "HeapProfiler.collectGarbage"), awake()]);
    const usage = (await call(socket, "Runtime.getHeapUsage")) as HeapUsage;
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  } finally {
    socket.close();
  }
}

let calls = 0;

function call(socket: WebSocket, method: string): Promise<unknown> {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the inspector does not answer ${method}`)), 30_000);
    socket.addEventListener("message", function heard({ data }: MessageEvent<string>) {
      const answer = JSON.parse(data) as { id?: number; result?: unknown };
      if (answer.id !== id) return;
      clearTimeout(late);
      socket.removeEventListener("message", heard);
      resolve(answer.result);
    });
    socket.send(JSON.stringify({ id, method }));
  });
}
