// A bundle in a page: its manifest, one of its files on onnxruntime's WebAssembly, and how outputs become answers.
import { decode, resize } from "./pixels.js";

const MOST_CANDIDATES = 5;
const MOST_LISTED = 4;

/** Return the bundle in a folder beside the page, with its file loaded; `variant` is fp32 or int8. */
export async function load(folder, variant) {
  const ort = await import("./ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1; // more need headers that a plain file server does not send
  const manifest = await (await fetched(`${folder}/bundle.json`)).json();
  if (!(variant in manifest.variants)) throw new Error(`this bundle has no ${variant} variant`);
  const { file, decision } = manifest.variants[variant];
  const bytes = new Uint8Array(await (await fetched(`${folder}/${file}`)).arrayBuffer());
  const session = await ort.InferenceSession.create(bytes);
  return { manifest, decision, session, ort };
}

/** Return the answer for a picture file: { status, label, confidence, novelty, candidates, calibrated, says, why }. */
export async function classify({ manifest, decision, session, ort }, blob) {
  const { input, labels } = manifest;
  const pixels = resize(await decode(blob), input);
  const image = new ort.Tensor("uint8", pixels, [1, input.height, input.width, 3]);
  const wanted = manifest.outputs.map(({ name }) => name).filter((name) => ["probabilities", "novelty"].includes(name));
  const outputs = await session.run({ [input.name]: image }, wanted);
  return decide([...outputs.probabilities.data], outputs.novelty?.data[0] ?? null, decision, labels);
}

/**
 * Return what Whatsit says of a photo: unknown first, then sure or not sure, as whatsit/decisions.py does.
 * Without novelty (null) nothing is unknown; a decision of no photos is not calibrated, and the best label is the answer.
 */
export function decide(probabilities, novelty, decision, labels) {
  const ranked = probabilities
    .map((confidence, place) => ({ label: labels[place].name, confidence }))
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, MOST_CANDIDATES);
  const [best] = ranked;
  const calibrated = decision.photos > 0;
  const found = { label: best.label, confidence: best.confidence, novelty, candidates: ranked, calibrated };
  if (novelty !== null && !(novelty <= decision.novelty_limit)) {
    return { ...found, status: "unknown", says: "unknown", why: "unlike everything it was taught" };
  }
  if (!(best.confidence >= (calibrated ? decision.threshold : 0))) {
    const names = shortList(probabilities, decision).map((place) => labels[place].name);
    const group = sureGroup(probabilities, decision, labels);
    const says = names.join(" or ") || "none of its labels stands out";
    return { ...found, status: "not_sure", says: group || says, why: group && names.length ? says : "not sure" };
  }
  return { ...found, status: "answered", says: labelled(best.label, labels), why: calibrated ? "" : "not calibrated" };
}

/** A label to read: where labels belong to groups they are look-alikes, of which only those on a list were learned. */
function labelled(label, labels) {
  return labels.some(({ group }) => group) ? `looks most like ${label}` : label;
}

/** The places of the likely labels, best first: at least two, none where they are too many. */
function shortList(probabilities, decision) {
  const minimum = decision.short_list?.minimum ?? 2;
  const likely = probabilities.filter((confidence) => confidence >= minimum).length;
  const order = probabilities.map((_, place) => place).sort((one, other) => probabilities[other] - probabilities[one]);
  return likely > MOST_LISTED ? [] : order.slice(0, Math.max(likely, 2));
}

/** The group whose labels together reach the group's threshold, or nothing. */
function sureGroup(probabilities, decision, labels) {
  const together = new Map();
  labels.forEach(({ group }, place) => {
    if (group) together.set(group, (together.get(group) ?? 0) + probabilities[place]);
  });
  const [name, sum] = [...together].reduce((best, one) => (one[1] > best[1] ? one : best), ["", -1]);
  return sum >= (decision.group_threshold ?? Infinity) ? name : "";
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} is not there (${answer.status})`);
  return answer;
}
