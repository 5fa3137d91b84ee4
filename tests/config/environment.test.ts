import { describe, expect, it } from "vitest";
import { isConfigError } from "../../config/config-error.js";
import { readEnvironment } from "../../config/environment.js";

function codeOf(variables: NodeJS.ProcessEnv): string {
  try {
    readEnvironment(variables);
    return "none";
  } catch (error) {
    if (isConfigError(error)) return error.code;
    throw error;
  }
}

describe("the environment", () => {
  it("has defaults for all that the quick start needs", () => {
    expect(readEnvironment({})).toEqual({
      home: ".swarm",
      logLevel: "info",
      temporalAddress: undefined,
      temporalNamespace: "default",
      temporalCliPath: undefined,
      s3Endpoint: undefined,
      s3TimeoutSeconds: 30,
      stores: undefined,
    });
  });

  it("names the stores that a worker may use, absolute", () => {
    expect(readEnvironment({ SWARM_STORES: "s3://bucket/swarms, /data/../store" }).stores).toEqual([
      "s3://bucket/swarms",
      "file:///store",
    ]);
    expect(codeOf({ SWARM_STORES: "ftp://host" })).toBe("INVALID_ENVIRONMENT");
  });

  it("takes a variable that is set to nothing for one that is not set", () => {
    expect(readEnvironment({ SWARM_HOME: "", TEMPORAL_ADDRESS: "" })).toEqual(readEnvironment({}));
  });

  it("passes on what is set and ignores what is not ours", () => {
    const given = {
      SWARM_HOME: "/data",
      TEMPORAL_ADDRESS: "temporal.example:7233",
      TEMPORAL_NAMESPACE: "n",
      PATH: "/bin",
    };
    expect(readEnvironment(given)).toMatchObject({
      home: "/data",
      temporalAddress: "temporal.example:7233",
      temporalNamespace: "n",
    });
  });

  it.each([
    { SWARM_LOG_LEVEL: "loud" },
    { TEMPORAL_ADDRESS: "localhost" },
    { TEMPORAL_ADDRESS: "http://localhost:7233" },
    { AWS_ENDPOINT_URL_S3: "localhost" },
    { SWARM_HOME: "  " },
  ])("refuses %j", (variables) => {
    expect(codeOf(variables)).toBe("INVALID_ENVIRONMENT");
  });
});
