// Transformers.js' own pipeline: `pipeline.mjs LAYOUT DTYPE LABELS.json PHOTOS FOLDER` writes FOLDER/probabilities.npy.
// PHOTOS is a list of files (.json), which the pipeline decodes and resizes itself, or pixels (.npy) of the model's size.
import fs from "node:fs";
import path from "node:path";
import { env, pipeline, RawImage } from "@huggingface/transformers";
import { read, save } from "./npy.mjs";

const [layout, dtype, labels, photos, into] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = path.dirname(path.resolve(layout));
const classify = await pipeline("image-classification", path.basename(layout), { dtype, device: "cpu" });

const pictures = () => {
  if (photos.endsWith(".json")) return JSON.parse(fs.readFileSync(photos));
  const { shape, data } = read(photos);
  const [count, height, width, channels] = shape;
  const one = height * width * channels;
  return Array.from({ length: count }, (_, place) =>
    new RawImage(data.slice(place * one, (place + 1) * one), width, height, channels));
};

const names = JSON.parse(fs.readFileSync(labels));
const rows = [];
for (const picture of pictures()) {
  const answers = new Map((await classify(picture, { top_k: names.length })).map(({ label, score }) => [label, score]));
  rows.push(...names.map((name) => answers.get(name)));
}
save(path.join(into, "probabilities.npy"), [rows.length / names.length, names.length], Float32Array.from(rows));
