// What digit_pad.py and preprocessing.py do, without Python: strokes become an image like those of MNIST.

const [SIZE, BOX, CENTRE] = [28, 20, 14]; // of the image, of the ink in it, of its centre of mass
const PEN = 2.5; // pixels
const FINE = 8; // samples of a pixel, in each direction
const RADIUS = 10.4; // of the pen, in samples: Pillow's ellipses have 10.5, its lines 10
const SMALL = 0.1; // of the pad: what is smaller is enlarged no more than this

// `strokes` as the pad has them. Returns 28 × 28 grey levels, from 0 (paper) to 255 (ink).
function drawAsMnist(strokes) {
  if (!strokes.length) return new Uint8Array(SIZE * SIZE);
  const [low, high] = [Math.min, Math.max].map((of) =>
    strokes.flat().reduce(([x, y], point) => [of(x, point[0]), of(y, point[1])]));
  const extent = [high[0] - low[0], high[1] - low[1]];
  const scale = (BOX - PEN) / Math.max(...extent, SMALL);
  const [width, height] = extent.map((part) => Math.ceil(Number((scale * part + PEN).toFixed(6))));
  const margin = [width - scale * extent[0], height - scale * extent[1]].map((rest) => rest / 2);
  const lines = strokes.map((stroke) => stroke.map((point) => // Pillow takes whole numbers only
    point.map((part, i) => Math.trunc(FINE * (scale * (part - low[i]) + margin[i]) - 0.5))));
  return centre(cover(lines, width, height), width, height);
}

// The share of each pixel that a round pen covers on its way along some lines.
function cover(lines, width, height) {
  const across = width * FINE;
  const inked = new Uint8Array(across * height * FINE);
  for (const line of lines) {
    line.forEach(([x1, y1], i) => {
      const [x0, y0] = line[Math.max(0, i - 1)];
      const [dx, dy] = [x1 - x0, y1 - y0];
      const [left, right] = reach(x0, x1, across);
      const [top, bottom] = reach(y0, y1, height * FINE);
      for (let y = top; y <= bottom; y += 1) {
        for (let x = left; x <= right; x += 1) { // is the nearest point of the line near enough?
          const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
          const share = Math.min(1, Math.max(0, along));
          const [h, v] = [x - x0 - share * dx, y - y0 - share * dy];
          if (h * h + v * v <= RADIUS * RADIUS) inked[y * across + x] = 1;
        }
      }
    });
  }
  const counts = new Float64Array(width * height);
  inked.forEach((one, i) => {
    if (one) counts[Math.floor(i / across / FINE) * width + Math.floor((i % across) / FINE)] += 1;
  });
  return Uint8Array.from(counts, (count) => Math.round((255 * count) / (FINE * FINE)));
}

const reach = (a, b, n) => [
  Math.max(0, Math.floor(Math.min(a, b) - RADIUS)), Math.min(n - 1, Math.ceil(Math.max(a, b) + RADIUS)),
];

// Place ink so that its centre of mass lies in the centre pixel.
function centre(ink, width, height) {
  const [left, top] = [offset(ink, width, (i) => i % width), offset(ink, height, (i) => Math.floor(i / width))];
  const image = new Uint8Array(SIZE * SIZE);
  ink.forEach((level, i) => (image[(top + Math.floor(i / width)) * SIZE + left + (i % width)] = level));
  return image;
}

function offset(ink, length, place) {
  const mass = ink.reduce((sum, level) => sum + level, 0);
  const moment = ink.reduce((sum, level, i) => sum + level * place(i), 0);
  return Math.min(Math.max(Math.ceil(CENTRE - 0.5 - moment / mass), 0), SIZE - length);
}
