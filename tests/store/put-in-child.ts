/** Puts objects into the directory store of its argument and prints the error codes, as JSON. */
import { openStore } from "../../store/open-store.js";
import { codeOf } from "./code-of.js";
import { repeated } from "./streams.js";

const store = await openStore(process.argv[2] ?? "");
const large = new Uint8Array(1 << 20);
console.log(
  JSON.stringify({
    put: await codeOf(store.put("put", large)),
    putStream: await codeOf(store.putStream("putStream", repeated(large, 2))),
    small: await codeOf(store.put("small", "x")),
  }),
);
