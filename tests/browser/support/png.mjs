// Makes a picture of a screen smaller: the 256 colours that matter most instead of millions. Our screens are flat, so nobody sees it.
import * as zlib from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST = 256;

/** The checksum of PNG; node has it from version 20.15 on. */
const crc32 = zlib.crc32 ?? ((bytes) => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
});

function chunks(file) {
  const found = [];
  for (let at = SIGNATURE.length; at < file.length;) {
    const length = file.readUInt32BE(at);
    found.push({ kind: file.toString("latin1", at + 4, at + 8), body: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return found;
}

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named) >>> 0);
  return Buffer.concat([length, named, check]);
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

/** The colours of all pixels, as one number each; `undefined` where it is no picture of the kind that a browser makes. */
function pixels(file) {
  const all = chunks(file);
  const head = all.find(({ kind }) => kind === "IHDR").body;
  const [width, height, depth, colour, interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9], head[12]];
  const size = { 2: 3, 6: 4 }[colour];
  if (depth !== 8 || !size || interlaced) return undefined;
  const raw = zlib.inflateSync(Buffer.concat(all.filter(({ kind }) => kind === "IDAT").map(({ body }) => body)));
  const found = new Uint32Array(width * height);
  let above = Buffer.alloc(width * size);
  for (let y = 0; y < height; y += 1) {
    const start = y * (width * size + 1);
    const filter = raw[start];
    const line = raw.subarray(start + 1, start + 1 + width * size);
    for (let i = 0; i < line.length; i += 1) {
      const [left, up, corner] = [i < size ? 0 : line[i - size], above[i], i < size ? 0 : above[i - size]];
      line[i] += [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter];
    }
    for (let x = 0; x < width; x += 1) found[y * width + x] = (line[x * size] << 16) | (line[x * size + 1] << 8) | line[x * size + 2];
    above = line;
  }
  return { width, height, found };
}

const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];

/** The colours that stand most often; of those that are nearly the same, one. */
function palette(found) {
  const counts = new Map();
  for (const colour of found) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const near = new Set();
  const chosen = [];
  for (const [colour] of [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0])) {
    const place = parts(colour).map((part) => part >> 2).join();
    if (near.has(place)) continue;
    near.add(place);
    chosen.push(colour);
    if (chosen.length === MOST) break;
  }
  return chosen;
}

/** The same picture with few colours; what it cannot read it gives back as it is. */
export function fewColours(file) {
  const picture = pixels(file);
  if (!picture) return file;
  const { width, height, found } = picture;
  const chosen = palette(found);
  const split = chosen.map(parts);
  const known = new Map();
  const nearest = (colour) => {
    const [red, green, blue] = parts(colour);
    let [best, least] = [0, Infinity];
    split.forEach(([r, g, b], index) => {
      const far = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (far < least) [best, least] = [index, far];
    });
    return best;
  };
  const lines = Buffer.alloc((width + 1) * height);
  found.forEach((colour, index) => {
    let place = known.get(colour);
    if (place === undefined) known.set(colour, place = nearest(colour));
    lines[index + Math.floor(index / width) + 1] = place;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE, chunk("IHDR", head), chunk("PLTE", Buffer.from(split.flat())), chunk("IDAT", zlib.deflateSync(lines, { level: 9 })), chunk("IEND", Buffer.alloc(0)),
  ]);
}
