import type { Environment } from "../../workers/register/environment.ts";
import { Register } from "../../workers/register/register.ts";
import { Replica } from "../../workers/register/replica.ts";
import type { FollowerParts, Following } from "../replication/follow.ts";
import type { NodeClock } from "./node.ts";
import type { Parts } from "./parts.ts";

/** What an object has of its machine: a clock, and somebody who reads its error lines. */
export interface Senses {
  clock: NodeClock;
  write: (line: string) => void;
  parts: Parts;
}

/** Register itself, on a machine of the run. */
export const registerOn = (state: DurableObjectState, environment: Environment, { clock, write, parts }: Senses): Register => {
  class OnMachine extends Register {
    protected override now(): number {
      return clock.now();
    }

    protected override write(line: string): void {
      write(line);
    }

    override async poll(...copy: Parameters<Register["poll"]>) {
      parts.wake(state.storage);
      return parts.answer(await super.poll(...copy));
    }
  }
  return new OnMachine(state, environment);
};

/** A Replica itself, on a machine of the run. */
export const replicaOn = (state: DurableObjectState, environment: Environment, { clock, write, parts }: Senses): Replica => {
  class OnMachine extends Replica {
    protected override now(): number {
      return clock.now();
    }

    protected override write(line: string): void {
      write(line);
    }

    protected override follow(followerParts: FollowerParts): Following {
      return parts.follow(followerParts);
    }
  }
  return new OnMachine(state, environment);
};
