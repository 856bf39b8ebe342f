// NumPy's file format, as much of it as pixels and outputs need: uint8 in, float32 out.
import fs from "node:fs";

export const read = (file) => {
  const bytes = fs.readFileSync(file);
  const length = bytes.readUInt16LE(8); // version 1.0 of the format
  const words = bytes.toString("latin1", 10, 10 + length);
  const shape = words.match(/'shape': \(([^)]*)\)/)[1].split(",").filter(Boolean).map(Number);
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + 10 + length, bytes.length - 10 - length) };
};

export const save = (file, shape, values) => {
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const padded = words.padEnd(Math.ceil((words.length + 11) / 64) * 64 - 11) + "\n";
  const start = Buffer.concat([Buffer.from([0x93]), Buffer.from("NUMPY\x01\x00"), Buffer.alloc(2)]);
  start.writeUInt16LE(padded.length, 8);
  fs.writeFileSync(file, Buffer.concat([start, Buffer.from(padded), Buffer.from(values.buffer)]));
};
