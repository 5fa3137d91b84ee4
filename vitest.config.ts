import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests that start servers, workers or whole runs: after the others, and few at a time, since each fills the machine. */
const WITH_PROCESSES = [
  "tests/{workers,workflows,client,durability,schedules,web}/**/*.test.ts",
  "tests/**/*.integration.test.ts",
];
const MINUTE = 60_000;

export default defineConfig({
  test: {
    pool: "forks",
    // A run's own folder must never be picked up, nor the settings of whoever runs the tests.
    unstubEnvs: true,
    restoreMocks: true,
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: "build/test-results.json" }]] : ["default"],
    projects: [
      {
        extends: true,
        test: {
          name: "units",
          include: ["tests/**/*.test.ts"],
          exclude: WITH_PROCESSES,
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "processes",
          include: WITH_PROCESSES,
          testTimeout: 5 * MINUTE,
          // The first test of all may build a server from source, once.
          hookTimeout: 15 * MINUTE,
          maxWorkers: Math.max(1, Math.floor(availableParallelism() / 4)),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
