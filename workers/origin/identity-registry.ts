import type { z } from "zod";
import { iprs } from "../../src/adapters/identity-registry/iprs.ts";
import type { IdentityRegistry } from "../../src/adapters/identity-registry/port.ts";
import type { RegistrySettings } from "./environment.ts";

export const identityRegistry = (settings: z.infer<typeof RegistrySettings>): IdentityRegistry =>
  iprs({ url: settings.IDENTITY_REGISTRY_URL, key: settings.IDENTITY_REGISTRY_KEY }, (input, init) => fetch(input, init), Date.now);
