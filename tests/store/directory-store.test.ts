import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { openStore } from "../../store/open-store.js";
import type { Store } from "../../store/store.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { codeOf } from "./code-of.js";
import { describeStoreContract } from "./store-contract.js";
import { chunks, collect, repeated } from "./streams.js";

const NOBODY = 65534;
const root = await temporaryDirectory();
let count = 0;

async function emptyStore(): Promise<Store> {
  return openStore(newDirectory(), { sync: false });
}

function newDirectory(): string {
  return join(root, `store-${count++}`);
}

describeStoreContract(emptyStore);

describe("a directory store", () => {
  it("neither lists nor keeps what puts that were cut off left behind", async () => {
    const directory = newDirectory();
    const store = await openStore(directory);
    await store.put("runs/a/result.json", "{}");
    await writeFile(join(directory, "runs/a/.put~cut-off"), "half an obj");
    expect(await collect(store.list(""))).toEqual(["runs/a/result.json"]);
    expect(await collect(store.list("runs/a/."))).toEqual([]);
  });

  it("removes what killed processes of this machine left an hour ago, and anybody's after a week, and nothing else", async () => {
    const directory = newDirectory();
    await mkdir(directory);
    const now = Date.now();
    const hours = (count: number): number => now - count * 3_600_000;
    const host = encodeURIComponent(hostname());
    // No process has the largest number, and the parent of this one lives.
    const left: readonly [name: string, touched: number][] = [
      [`.put~${host}~4194304~a~0`, hours(2)],
      [`.put~${host}~4194304~a~1`, hours(0.5)],
      [`.put~${host}~${process.ppid}~a~0`, hours(2)],
      [`.put~another-host~4194304~a~0`, hours(2)],
      [`.put~another-host~4194304~a~1`, hours(24 * 8)],
      [".other~file", hours(24 * 8)],
    ];
    for (const [name, touched] of left) {
      await writeFile(join(directory, name), "half an obj");
      await utimes(join(directory, name), new Date(touched), new Date(touched));
    }
    await (await openStore(directory)).put("key", "x");
    expect((await readdir(directory)).sort()).toEqual(
      [".other~file", left[1]![0], left[2]![0], left[3]![0], "key"].sort(),
    );
  });

  it("is its owner's alone, folders and objects", async () => {
    const directory = join(newDirectory(), "deep");
    const store = await openStore(directory);
    await store.put("runs/a/b", "x");
    await store.putStream("runs/a/c", chunks("x"));
    await store.put("runs/a/d", "x", { ifAbsent: true });
    const modes = await Promise.all(
      ["", "runs", "runs/a", "runs/a/b", "runs/a/c", "runs/a/d"].map(
        async (path) => (await stat(join(directory, path))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o600, 0o600, 0o600]);
  });

  it("fills memory of the caller's from an object, and says OUT_OF_RANGE where that is too short", async () => {
    const store = await emptyStore();
    await store.put("digits", "0123456789");
    const source = await store.open("digits");
    const memory = Buffer.from("........");
    await source.readInto!(memory.subarray(2, 6), 5);
    expect(memory.toString()).toBe("..5678..");
    expect(await codeOf(source.readInto!(memory, 3))).toBe("OUT_OF_RANGE");
    await source.close();
  });

  it("leaves no temporary file after puts that succeed and puts that fail", async () => {
    const directory = newDirectory();
    const store = await openStore(directory);
    await store.put("key", "a");
    await store.put("mark", "a", { ifAbsent: true });
    await codeOf(store.put("mark", "b", { ifAbsent: true }));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* chunks("half");
      throw new Error("broken");
    }
    await store.putStream("stream", broken()).catch(() => undefined);
    expect((await readdir(directory)).sort()).toEqual(["key", "mark"]);
  });

  it("is made by its first put, not by opening or reading it", async () => {
    const directory = newDirectory();
    const store = await openStore(directory);
    expect(await store.stat("key")).toBeUndefined();
    expect(await collect(store.list(""))).toEqual([]);
    await expect(readdir(directory)).rejects.toThrow();
    await store.put("key", "x");
    expect(await readdir(directory)).toEqual(["key"]);
  });

  it("does not follow symbolic links when it lists, so that a loop of them ends", async () => {
    const directory = newDirectory();
    const store = await openStore(directory);
    await store.put("a/b", "x");
    await symlink(directory, join(directory, "a", "loop"));
    expect(await collect(store.list(""))).toEqual(["a/b"]);
  });

  it("says INVALID_KEY where a file lies in the place of a folder, and where a folder lies in the place of the object", async () => {
    const store = await emptyStore();
    await store.put("a", "x");
    expect(await codeOf(store.put("a/b", "x"))).toBe("INVALID_KEY");
    expect(await codeOf(store.put("a/b/c", "x"))).toBe("INVALID_KEY");
    expect(await codeOf(store.get("a/b"))).toBe("NOT_FOUND");
    await store.put("folder/object", "x");
    expect(await codeOf(store.put("folder", "x"))).toBe("INVALID_KEY");
    expect(await codeOf(store.put("folder", "x", { ifAbsent: true }))).toBe("INVALID_KEY");
  });

  it("streams 256 MB in and out without holding them in memory", async () => {
    const store = await emptyStore();
    const before = process.resourceUsage().maxRSS;
    await store.putStream("large", repeated(new Uint8Array(4 << 20), 64));
    let bytes = 0;
    for await (const part of await store.getStream("large")) bytes += (part as Uint8Array).byteLength;
    expect(bytes).toBe(256 << 20);
    // In kilobytes. Chunks that wait for the garbage collector count, so the bound is wide, and still far from the object.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(128 << 10);
  });
});

describe("a directory that cannot be written", () => {
  it.runIf(process.platform === "linux")("gives UNSUPPORTED where the file system takes no folders", async () => {
    const store = await openStore("file:///proc/nothere");
    expect(await codeOf(store.put("runs/a", "x"))).toBe("UNSUPPORTED");
    expect(await codeOf(store.putStream("runs/a", chunks("x")))).toBe("UNSUPPORTED");
    expect(await codeOf(store.put("runs/a", "x", { ifAbsent: true }))).toBe("UNSUPPORTED");
  });

  afterEach(() => {
    if (process.getuid?.() === 0) process.seteuid?.(0);
  });

  it("gives ACCESS_DENIED without permission, for reads as well, and lists nothing half", async () => {
    const directory = newDirectory();
    const store = await openStore(directory);
    await store.put("runs/a", "x");
    await chmod(root, 0o755);
    await chmod(directory, 0o755);
    await chmod(join(directory, "runs/a"), 0o000);
    await chmod(join(directory, "runs"), 0o555);
    // Permissions do not bind the superuser.
    if (process.getuid?.() === 0) process.seteuid?.(NOBODY);
    const codes = [
      await codeOf(store.put("runs/b", "x")),
      await codeOf(store.putStream("runs/b", chunks("x"))),
      await codeOf(store.put("runs/b", "x", { ifAbsent: true })),
      await codeOf(store.delete("runs/a")),
      await codeOf(store.get("runs/a")),
    ];
    if (process.getuid?.() === 0) process.seteuid?.(0);
    await chmod(join(directory, "runs"), 0o755);
    expect(codes).toEqual(Array(5).fill("ACCESS_DENIED"));
    expect(await collect(store.list(""))).toEqual(["runs/a"]);
  });

  it("gives NO_SPACE where a file outgrows the process's limit, and leaves nothing", async () => {
    const directory = newDirectory();
    await mkdir(directory);
    const printed = await inChild(directory, `ulimit -f 64`);
    expect(printed).toEqual({ put: "NO_SPACE", putStream: "NO_SPACE", small: "none" });
    expect(await readdir(directory)).toEqual(["small"]);
  });

  it("gives NO_SPACE on a full disk and READ_ONLY on a read-only one", async (context) => {
    const directory = newDirectory();
    await mkdir(directory);
    const namespace = "unshare --user --map-root-user --mount";
    const mount = `mount -t tmpfs -o size=64k none '${directory}'`;
    const mayMount = await sh(`${namespace} bash -c "${mount}"`).then(
      () => true,
      () => false,
    );
    if (!mayMount) context.skip("this machine lets nobody mount a small file system");
    const full = await inChild(directory, mount, namespace);
    expect(full).toEqual({ put: "NO_SPACE", putStream: "NO_SPACE", small: "none" });
    const readOnly = await inChild(directory, `${mount} && mount -o remount,ro '${directory}'`, namespace);
    expect(readOnly).toEqual({ put: "READ_ONLY", putStream: "READ_ONLY", small: "READ_ONLY" });
  });
});

const sh = (command: string): Promise<{ stdout: string }> => promisify(execFile)("bash", ["-c", command]);

/** Puts into a store in a process of its own, after a shell command that limits it. */
async function inChild(directory: string, before: string, shell = ""): Promise<unknown> {
  const script = `${before} && exec '${process.execPath}' --import tsx tests/store/put-in-child.ts '${directory}'`;
  const { stdout } = await promisify(execFile)("bash", ["-c", `${shell} bash -c "$0"`, script]);
  return JSON.parse(stdout) as unknown;
}
