// The page: photos come by dropping, choosing, pasting, or ?photos=a.jpg,b.jpg, and each gets a card.
import { classify, load } from "./model.js";

const asked = new URLSearchParams(location.search);
const at = (id) => document.getElementById(id);
const percent = new Intl.NumberFormat(undefined, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const STATES = { answered: "answered", not_sure: "not sure", unknown: "unknown", failed: "failed" };

const model = load("model", asked.get("variant") ?? "fp32");
let turn = model.then(ready, missing);

function ready({ manifest, session }) {
  at("title").textContent = manifest.title;
  document.title = `${manifest.title} – Whatsit`;
  const names = manifest.labels.map(({ name }) => name);
  const shown = names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
  at("about").textContent = `Tells apart: ${shown}. What is unlike all of them it calls unknown.`;
  at("licence").textContent = `Model: ${manifest.name} ${manifest.version}. ${manifest.licence}.`;
  at("choose").disabled = false;
  say("Ready.");
  return session;
}

function missing(error) {
  at("about").textContent = "The model cannot be loaded.";
  say(`${error.message}. README.md beside this page says which files it needs.`);
  document.body.dataset.state = "failed";
}

function say(words) {
  at("state").textContent = words;
}

/** Give every picture a card, and answer one after the other. */
function take(pictures) {
  for (const { name, blob } of pictures) {
    const card = cardFor(name);
    at("photos").prepend(card);
    turn = turn.then(async () => answer(card, name, await blob));
  }
  turn = turn.then(() => {
    const count = document.querySelectorAll(".card").length;
    say(count === 1 ? "1 photo answered." : `${count} photos answered.`);
    document.body.dataset.state = "done";
  });
}

async function answer(card, name, blob) {
  say(`Looking at ${name} …`);
  const image = card.querySelector("img");
  image.src = URL.createObjectURL(blob);
  const given = await classify(await model, blob).catch((error) => failed(error));
  card.dataset.status = given.status;
  card.querySelector("h2").textContent = given.says;
  card.querySelector(".badge").textContent = STATES[given.status];
  card.querySelector(".why").textContent = given.why && given.why !== STATES[given.status] ? given.why : "";
  if (given.status === "failed") return image.remove();
  image.alt = `${name}: ${given.status === "answered" ? given.says : `${STATES[given.status]}, ${given.says}`}`;
  card.querySelector("ol").replaceChildren(...given.candidates.map((candidate) => bar(candidate, given.calibrated)));
  const novelty = card.querySelector(".novelty");
  if (given.novelty === null) return novelty.remove();
  novelty.value = given.novelty;
  novelty.textContent = `novelty ${decimal.format(given.novelty)}, limit ${decimal.format((await model).decision.novelty_limit)}`;
}

function failed(error) {
  const unreadable = error instanceof DOMException;
  return { status: "failed", says: unreadable ? "cannot be read" : "no answer", why: unreadable ? "this is no picture that this browser reads" : error.message };
}

function cardFor(name) {
  const card = at("card").content.firstElementChild.cloneNode(true);
  card.dataset.name = name;
  card.querySelector(".name").textContent = name;
  return card;
}

function bar({ label, confidence }, calibrated) {
  const line = at("bar").content.firstElementChild.cloneNode(true);
  line.querySelector(".label").textContent = label;
  line.querySelector("data").value = confidence;
  line.querySelector("data").textContent = calibrated ? percent.format(confidence) : ""; // a percentage is a measurement
  line.style.setProperty("--part", confidence);
  return line;
}

const files = (list) => take(Array.from(list, (file) => ({ name: file.name, blob: file })));
at("choose").addEventListener("change", ({ target }) => {
  files(target.files);
  target.value = "";
});
addEventListener("paste", ({ clipboardData }) => files(clipboardData.files));
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? document.body.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  files(event.dataTransfer.files);
});
const given = asked.get("photos")?.split(",") ?? [];
if (given.length) take(given.map((name) => ({ name, blob: fetch(name).then((answer) => answer.blob()) })));
