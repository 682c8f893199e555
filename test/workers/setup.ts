/** Each file finds nothing in any storage, although those before it ran in the same workerd. */
import { reset } from "cloudflare:test";
import { afterAll } from "vitest";

afterAll(() => reset());
