import type { RegisterApi } from "../../src/domains/exclusions/rpc.ts";
import { Canaries } from "./doors/canaries.ts";
import { Exclusions } from "./doors/exclusions.ts";
import { Feed } from "./doors/feed.ts";
import { Measures } from "./doors/measures.ts";
import { Operators } from "./doors/operators.ts";
import { Persons } from "./doors/persons.ts";
import { Upkeep } from "./doors/upkeep.ts";
import { Who } from "./doors/who.ts";
import { RegisterObject } from "./object.ts";

const Doors = Exclusions(Persons(Measures(Who(Feed(Operators(Canaries(Upkeep(RegisterObject))))))));

/** The system of record for who is excluded: one object, one order. */
export class Register extends Doors implements RegisterApi {}
