import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const file = join(import.meta.dirname, "../../docker-compose.yml");
const source = await readFile(file, "utf8");
const { services, volumes } = z
  .object({
    services: z.record(
      z.string(),
      z.object({
        image: z.string(),
        build: z.string().optional(),
        command: z.array(z.string()).optional(),
        restart: z.string().optional(),
        ports: z.array(z.string()).default([]),
        volumes: z.array(z.string()).default([]),
        healthcheck: z.object({ test: z.array(z.string()) }).optional(),
        depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      }),
    ),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(source, { merge: true }));

describe("docker-compose.yml", () => {
  test("publishes ports on this machine only", () => {
    const published = Object.values(services).flatMap((service) => service.ports);
    expect(published.length).toBeGreaterThan(0);
    expect(published.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
  });

  test("pins every image it does not build", () => {
    const pulled = Object.values(services).filter((service) => service.build === undefined);
    expect(pulled.map((service) => service.image).filter((image) => !/:v?\d+\.\d+/.test(image))).toEqual([]);
  });

  test("waits only for what says when it is healthy, or runs once to its end", () => {
    for (const [name, { depends_on }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const isHealthChecked = services[needed]?.healthcheck !== undefined;
        expect(condition, `${name} → ${needed}`).toBe(
          isHealthChecked ? "service_healthy" : "service_completed_successfully",
        );
      }
    }
  });

  test("keeps data in named volumes", () => {
    const used = Object.values(services).flatMap((service) => service.volumes.map((volume) => volume.split(":")[0]));
    expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
  });

  test("has a worker for every role", () => {
    const roles = Object.values(services).flatMap(({ command = [] }) =>
      command[0] === "worker" ? command.slice(2) : [],
    );
    expect(roles.sort()).toEqual(["cpu", "gpu", "llm"]);
  });

  test("marks every secret as one to change", () => {
    const secrets = source.split("\n").filter((line) => /(ACCESS_KEY|ACCESS_KEY_ID|PASSWORD|PWD):/.test(line));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter((line) => !line.includes("# CHANGEME"))).toEqual([]);
  });
});
