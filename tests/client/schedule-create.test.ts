import { describe, expect, it } from "vitest";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { type CommandOutcome, swarm } from "./swarm-command.js";

const server = useTemporal();

/** On the server's own rules: a schedule's cron wants days that are both, and the server takes no minute 60. */
describe("swarm schedule create --cron", () => {
  async function create(cron: string, ...more: readonly string[]): Promise<CommandOutcome> {
    const home = await temporaryDirectory();
    const environment = { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: server.namespace };
    const name = `cron-${cron.replace(/\W/g, "-")}`;
    const args = ["schedule", "create", name, "fixtures/configs/smoke.yaml", "--cron", cron];
    return swarm([...args, "--store", `${home}/store`, ...more], { home, environment });
  }

  it("names the option where the server does not take the expression", async () => {
    const outcomes = await Promise.all(["60 3 * * *", "0 3 * * Mon-Sun"].map((cron) => create(cron)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ exitCode: 2, errorCode: "INVALID_OPTION", stdout: "" });
      expect(outcome.stderr).toMatch(/^swarm: --cron ".+": the server does not take it: .+ \[INVALID_OPTION\]\n$/);
    }
  });

  it("says that an expression never fires", async () => {
    const outcome = await create("0 3 31 2 *", "--json");
    expect(outcome.exitCode).toBe(0);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ next: null });
    expect(outcome.stderr).toContain("never fires");
  });

  it("says that days of the month and of the week must both fit", async () => {
    const outcome = await create("0 3 1,15 * 1", "--json");
    expect(outcome.exitCode).toBe(0);
    const { next } = JSON.parse(outcome.stdout) as { readonly next: string };
    const day = new Date(next);
    expect([1, 15]).toContain(day.getUTCDate());
    expect(day.getUTCDay()).toBe(1);
    expect(outcome.stderr).toContain("both");
  });
});
