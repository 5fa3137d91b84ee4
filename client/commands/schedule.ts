import type { Command } from "commander";
import { addDescribeVerb, addListVerb } from "../schedules/show.js";
import { addCreateVerb } from "../schedules/create.js";
import { addHandleVerbs } from "../schedules/handle-verbs.js";
import { verb } from "../verb.js";

export function scheduleVerb(): Command {
  const command = verb({
    name: "schedule",
    summary: "refresh a benchmark every night: dated question sets in the store",
    examples: ['swarm schedule create nightly my-config.yaml --cron "0 3 * * *"', "swarm schedule trigger nightly"],
  });
  addCreateVerb(command);
  addListVerb(command);
  addDescribeVerb(command);
  addHandleVerbs(command);
  return command;
}
