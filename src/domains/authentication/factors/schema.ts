import { z } from "zod";
import { Visitor } from "../sessions/visitor.ts";
import { SHOWN } from "./model.ts";

/** What a form sends, unread: as long as a form may be. */
const text = z.string().max(4_096);

export { Visitor };
export const Showing = z.object({ visitor: Visitor, way: z.enum(SHOWN), text });
export const SecondShowing = z.object({ visitor: Visitor, way: z.enum(SHOWN).exclude(["password"]), text });
export const Confirmation = z.object({ visitor: Visitor, code: text });
