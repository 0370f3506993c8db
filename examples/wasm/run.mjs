// Runs the example for wasm32-unknown-unknown: `node run.mjs chime-wasm.wasm`. A panic traps, so it fails.
import { readFile } from "node:fs/promises";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});
const status = instance.exports.main(0, 0);
console.log(`main returned ${status}`);
process.exit(status);
