// One runtime from JavaScript: `engines.mjs NAME MODEL.onnx PIXELS.npy FOLDER` writes FOLDER/<output>.npy.
import fs from "node:fs";
import path from "node:path";
import { read, save } from "./npy.mjs";

const BATCH = 16;
const [name, model, pixels, into] = process.argv.slice(2);
const loaded = await import(name);
const engine = loaded.default ?? loaded;

const { shape, data } = read(pixels);
const one = shape.slice(1).reduce((product, side) => product * side, 1);
// The web build has no files of its own: a page fetches them.
const session = await engine.InferenceSession.create(name.endsWith("web") ? fs.readFileSync(model) : model);
const found = {};
for (let start = 0; start < shape[0]; start += BATCH) {
  const count = Math.min(BATCH, shape[0] - start);
  const part = data.slice(start * one, (start + count) * one);
  const image = new engine.Tensor("uint8", part, [count, ...shape.slice(1)]);
  const outputs = await session.run({ [session.inputNames[0]]: image });
  for (const output of session.outputNames) (found[output] ??= []).push(outputs[output]);
}
for (const [output, parts] of Object.entries(found)) {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part.data, place);
    place += part.data.length;
  }
  save(path.join(into, `${output}.npy`), [shape[0], ...parts[0].dims.slice(1)], all);
}
