import { type Client, ScheduleNotFoundError } from "@temporalio/client";
import { scheduleId } from "../../config/queues.js";
import { checkName } from "../../store/run-id.js";
import { openRunningClient } from "../connection.js";
import { InputError } from "../errors.js";
import { note } from "../output.js";

/**
 * Works with the schedules of a server that is there when nobody looks: one that ends with this command could not keep them.
 *
 * @throws InputError `NO_PERSISTENT_SERVER`
 */
export async function withScheduleServer<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const open = await openRunningClient(note);
  if (open === undefined) {
    throw new InputError(
      "NO_PERSISTENT_SERVER",
      "schedules need a server that keeps running: start `swarm dev` in another terminal, or set TEMPORAL_ADDRESS",
    );
  }
  try {
    return await work(open.client);
  } finally {
    await open.close();
  }
}

/** @throws InputError `UNKNOWN_SCHEDULE` */
export async function withSchedule<Result>(
  name: string,
  work: (handle: ReturnType<Client["schedule"]["getHandle"]>) => Promise<Result>,
): Promise<Result> {
  checkName("schedule's name", name);
  return withScheduleServer(async (client) => {
    try {
      return await work(client.schedule.getHandle(scheduleId(name)));
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
      throw new InputError("UNKNOWN_SCHEDULE", `there is no schedule ${name}; \`swarm schedule list\` shows all`);
    }
  });
}
