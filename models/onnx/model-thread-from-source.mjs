// Entry of a model thread in a checkout: tsx's own flags do not reach threads in Node 20, so it is registered from inside.
import { register } from "tsx/esm/api";

register();
await import("./model-thread.ts");
