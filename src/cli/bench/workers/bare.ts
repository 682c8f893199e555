/** What Hono does for anybody: reads the header and the JSON body, answers JSON as long as the check's. */
import { Hono } from "hono";

const app = new Hono<{ Bindings: { ANSWER: string } }>();

app.post("/v1/checks", async (c) => {
  const key = c.req.header("authorization");
  const { token } = await c.req.json<{ token?: string }>();
  return c.json({ answer: c.env.ANSWER, known: Boolean(key && token) });
});

export default app;
