import type { z } from "zod";
import { africasTalking } from "../../src/adapters/sms/africas-talking.ts";
import type { SmsSender } from "../../src/adapters/sms/port.ts";
import type { SmsSettings } from "./environment.ts";

export const smsSender = (settings: z.infer<typeof SmsSettings>): SmsSender =>
  africasTalking(
    {
      url: settings.AFRICASTALKING_URL,
      username: settings.AFRICASTALKING_USERNAME,
      apiKey: settings.AFRICASTALKING_API_KEY,
      sender: settings.AFRICASTALKING_SENDER,
    },
    (input, init) => fetch(input, init),
  );
