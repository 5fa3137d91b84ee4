import { describe, expect, it } from "vitest";
import { fromFileError } from "../../store/file-error.js";
import { fromS3Error } from "../../store/s3-error.js";
import { StoreError } from "../../store/store-error.js";

describe("errors of the file system", () => {
  it.each([
    ["EROFS", "READ_ONLY", false],
    ["ENOSPC", "NO_SPACE", false],
    ["EDQUOT", "NO_SPACE", false],
    ["EACCES", "ACCESS_DENIED", false],
    ["EIO", "IO_ERROR", true],
    ["EMFILE", "IO_ERROR", true],
  ])("%s is %s, retryable: %s", (errno, code, isRetryable) => {
    const error = fromFileError("file:///store", "a/b", Object.assign(new Error("x"), { code: errno }));
    expect(error).toMatchObject({ name: "StoreError", code, isRetryable, uri: "file:///store", key: "a/b" });
    for (const part of ["file:///store", "a/b", errno]) expect(error.message).toContain(part);
  });
});

describe("errors of S3", () => {
  // Names and statuses as Amazon documents them: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  it.each([
    ["SlowDown", 503, "UNREACHABLE", true],
    ["InternalError", 500, "UNREACHABLE", true],
    ["NotImplemented", 501, "UNSUPPORTED", false],
    ["ExpiredToken", 400, "ACCESS_DENIED", false],
    ["Unknown", 403, "ACCESS_DENIED", false],
    ["PermanentRedirect", 301, "INVALID_URI", false],
    ["QuotaExceeded", 403, "NO_SPACE", false],
    ["MalformedXML", 400, "IO_ERROR", true],
  ])("%s with status %i is %s, retryable: %s", (name, httpStatusCode, code, isRetryable) => {
    const error = fromS3Error("s3://bucket", "a", { name, message: "secret", $metadata: { httpStatusCode } });
    expect(error).toMatchObject({ code, isRetryable });
    expect(error.message).not.toContain("secret");
  });

  it("of the network are UNREACHABLE", () => {
    for (const code of ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT"]) {
      expect(fromS3Error("s3://bucket", "a", Object.assign(new Error("x"), { code })).code).toBe("UNREACHABLE");
    }
    expect(fromS3Error("s3://bucket", "a", { name: "TimeoutError" }).code).toBe("UNREACHABLE");
  });

  it("pass on unchanged where they are a store's already", () => {
    const error = new StoreError({ code: "CONFLICT", uri: "s3://bucket", problem: "x" });
    expect(fromS3Error("s3://bucket", "a", error)).toBe(error);
    expect(fromFileError("s3://bucket", "a", error)).toBe(error);
  });
});
