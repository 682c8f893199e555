/** A process that proves the pieces it is sent, one after another, with the keys of the folder it is told. */
import { Ground } from "./ground.ts";
import { Kept } from "./kept.ts";
import { type Piece, STAGES } from "./stages.ts";

const ground = new Ground(new Kept(process.argv[2]!).keys);

process.on("message", ({ stage, from, count }: Piece) => process.send!(STAGES[stage].prove(ground, from, count)));
