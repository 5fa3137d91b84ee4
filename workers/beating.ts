import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from "@temporalio/worker";
import { whileBeating } from "../activities/durability/while-beating.js";

/**
 * Has every activity heartbeat for as long as it goes on: how long one step of it takes depends on the model, the store and the
 * machine, and one that takes longer than the heartbeat timeout must not be tried again for ever.
 */
export class Beating implements ActivityInboundCallsInterceptor {
  execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, "execute">): Promise<unknown> {
    return whileBeating(() => next(input));
  }
}
