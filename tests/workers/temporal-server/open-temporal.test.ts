import { expect, test } from "vitest";
import { clusterFromEnvironment, openTemporal } from "../../../workers/temporal-server/open-temporal.js";
import { freePort } from "../../../workers/temporal-server/free-port.js";
import { useTemporal } from "../../support/temporal.js";

const temporal = useTemporal();

test("without an address there is no cluster", () => {
  expect(clusterFromEnvironment({ PATH: "/bin" })).toBeUndefined();
});

test("address, namespace and API key are read as Temporal's own tools read them", () => {
  const cluster = clusterFromEnvironment({
    TEMPORAL_ADDRESS: "cluster.example:7233",
    TEMPORAL_NAMESPACE: "evaluation",
    TEMPORAL_API_KEY: "key",
  });
  expect(cluster).toMatchObject({
    namespace: "evaluation",
    connection: { address: "cluster.example:7233", apiKey: "key" },
  });
});

test("an address where nothing answers is one clear error", async () => {
  const environment = { TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` };
  await expect(open(environment)).rejects.toMatchObject({ name: "TemporalServerError", code: "unreachable" });
});

test("a namespace that the cluster has not is another", async () => {
  const environment = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: "no-such-namespace" };
  await expect(open(environment)).rejects.toMatchObject({ name: "TemporalServerError", code: "namespace-unusable" });
});

test("a cluster that answers is used and left running", async () => {
  const environment = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace };
  const first = await open(environment);
  expect(first).toMatchObject({ embedded: false, namespace: temporal.namespace });
  await first.stop();
  await (await open(environment)).stop();
});

function open(environment: Record<string, string>) {
  return openTemporal({ home: ".unused", namespace: "data-swarms", environment, log: () => undefined });
}
