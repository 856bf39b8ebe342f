// A photo as the model sees it: the contract of whatsit/preprocess.py, in a page.
// canvas' own drawImage does not antialias as Pillow does: it changes answers. So the filter stands here.

const BITS = 22; // of Pillow's fixed-point weights: 32 less 8 for a pixel and 2 to spare
const HALF = 1 << (BITS - 1);

/** Return a picture file's pixels, { width, height, data: RGBA }: upright by EXIF, sRGB, alpha on white. */
export async function decode(blob) {
  const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/**
 * Return a picture's pixels in the size that `spec`, the `input` of bundle.json, asks for: Uint8Array [height,width,3].
 * To the bit what Pillow 13 gives with BILINEAR (https://github.com/python-pillow/Pillow, Resample.c).
 */
export function resize(picture, spec) {
  const box = boxOf(picture, spec);
  const across = weights(picture.width, box.left, box.right, spec.width);
  const down = weights(picture.height, box.top, box.bottom, spec.height);
  // Each pass rounds to whole bytes, so their order shows. Pillow's: down first where far more rows are lost than columns.
  const rows = picture.height - spec.height;
  const downFirst = rows > 0 && rows > 2 * (picture.width - spec.width);
  const small = downFirst
    ? resizedAcross(resizedDown(picture, down), across)
    : resizedDown(resizedAcross(picture, across), down);
  return small.data;
}

/** Return the picture with as many columns as there are `places`, in three colours. */
function resizedAcross({ width, height, data }, places) {
  const step = data.length / (width * height); // RGBA or RGB
  const narrow = new Uint8Array(height * places.length * 3);
  for (let y = 0; y < height; y++) {
    sums({ data, start: y * width * step, step }, places, narrow, y * places.length * 3, 3);
  }
  return { width: places.length, height, data: narrow };
}

/** Return the picture with as many rows as there are `places`, in three colours. */
function resizedDown({ width, height, data }, places) {
  const step = data.length / (width * height); // RGBA or RGB
  const low = new Uint8Array(places.length * width * 3);
  for (let x = 0; x < width; x++) {
    sums({ data, start: x * step, step: width * step }, places, low, x * 3, width * 3);
  }
  return { width, height: places.length, data: low };
}

/** Return what part of the picture is taken: all of it, or the largest part of the target's shape, centred. */
function boxOf({ width, height }, spec) {
  if (spec.resize !== "crop") return { left: 0, top: 0, right: width, bottom: height };
  const scale = Math.min(width / spec.width, height / spec.height);
  const left = (width - spec.width * scale) / 2;
  const top = (height - spec.height * scale) / 2;
  const sides = { left, top, right: left + spec.width * scale, bottom: top + spec.height * scale };
  return Object.fromEntries(Object.entries(sides).map(([side, value]) => [side, Math.fround(value)])); // as Pillow
}

/** Return for each of `count` places where it begins to look and with what weights, between `from` and `to`. */
function weights(size, from, to, count) {
  const scale = Math.fround(to - from) / count;
  const reach = Math.max(scale, 1);
  return Array.from({ length: count }, (_, place) => {
    const centre = from + (place + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - reach + 0.5), 0);
    const end = Math.min(Math.trunc(centre + reach + 0.5), size);
    const shares = Array.from({ length: end - first }, (_, x) =>
      Math.max(1 - Math.abs((x + first - centre + 0.5) * (1 / reach)), 0));
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: Int32Array.from(shares, (share) => Math.trunc(0.5 + (share / sum) * (1 << BITS))) };
  });
}

/** Write the weighted sums along a line of three colours, each rounded to a whole pixel. */
function sums({ data, start, step }, places, into, place, stride) {
  for (const { first, shares } of places) {
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    for (let x = 0, at = start + first * step; x < shares.length; x++, at += step) {
      red += data[at] * shares[x];
      green += data[at + 1] * shares[x];
      blue += data[at + 2] * shares[x];
    }
    into[place] = red >> BITS;
    into[place + 1] = green >> BITS;
    into[place + 2] = blue >> BITS;
    place += stride;
  }
}
