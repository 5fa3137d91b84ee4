#!/usr/bin/env node
// The `swarm` command. From a checkout it first builds what changed, so that `npx swarm` always runs the code it stands in.
import { buildIfStale } from "./build.mjs";

await buildIfStale();
await import("../dist/client/main.js");
