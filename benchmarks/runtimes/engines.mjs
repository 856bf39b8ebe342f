// One runtime from JavaScript: `engines.mjs NAME MODEL.onnx PIXELS.npy FOLDER` writes FOLDER/<output>.npy.
import fs from "node:fs";
import path from "node:path";

const BATCH = 16;
const [name, model, pixels, into] = process.argv.slice(2);
const loaded = await import(name);
const engine = loaded.default ?? loaded;

const header = (bytes) => {
  const length = bytes.readUInt16LE(8); // version 1.0 of NumPy's format
  const words = bytes.toString("latin1", 10, 10 + length);
  const shape = words.match(/'shape': \(([^)]*)\)/)[1].split(",").filter(Boolean).map(Number);
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + 10 + length, bytes.length - 10 - length) };
};

const save = (file, shape, values) => {
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const padded = words.padEnd(Math.ceil((words.length + 11) / 64) * 64 - 11) + "\n";
  const start = Buffer.concat([Buffer.from([0x93]), Buffer.from("NUMPY\x01\x00"), Buffer.alloc(2)]);
  start.writeUInt16LE(padded.length, 8);
  fs.writeFileSync(file, Buffer.concat([start, Buffer.from(padded), Buffer.from(values.buffer)]));
};

const { shape, data } = header(fs.readFileSync(pixels));
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
