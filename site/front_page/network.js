// The convolutional network of the course, from an image to ten probabilities.

// What Keras's `get_weights` returns, in its order.
const SHAPES = [[3, 3, 1, 32], [32], [3, 3, 32, 64], [64], [1600, 10], [10]];

// `text` holds the weights one after the other: float32, little-endian, in base64.
function readWeights(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  let start = 0;
  return SHAPES.map((shape) => {
    const end = start + shape.reduce((product, length) => product * length);
    const weights = new Float32Array(bytes.buffer).subarray(start, end);
    start = end;
    return weights;
  });
}

// `levels` are 28 × 28 grey levels. Returns the maps of the first layer, 26 × 26 × 32, and the
// probabilities of the ten digits.
function run([kernel1, biases1, kernel2, biases2, dense, biases3], levels) {
  const image = Float32Array.from(levels, (level) => level / 255);
  const maps = convolve(image, 28, kernel1, biases1);
  const maps2 = convolve(pool(maps, 26, 32), 13, kernel2, biases2);
  const logits = weigh(pool(maps2, 11, 64), dense, biases3);
  const largest = Math.max(...logits);
  const powers = [...logits].map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power);
  return { maps, probabilities: powers.map((power) => power / sum) };
}

// Move each kernel over all maps, add its bias, and replace what is negative by 0 (ReLU). Maps and
// kernels are flat arrays in the order of their shapes: row, column, map; row, column, map, kernel.
function convolve(maps, side, kernels, biases) {
  const n = biases.length;
  const depth = maps.length / (side * side);
  const places = side - 2; // in each direction, of a kernel of 3 × 3
  const sums = new Float32Array(places * places * n);
  for (let place = 0; place < places * places; place += 1) {
    const [row, column] = [Math.floor(place / places), place % places];
    const own = sums.subarray(place * n, (place + 1) * n);
    own.set(biases);
    for (let part = 0; part < 9; part += 1) {
      const from = ((row + Math.floor(part / 3)) * side + column + (part % 3)) * depth;
      for (let map = 0; map < depth; map += 1) addTimes(own, maps[from + map], kernels, part * depth + map);
    }
  }
  return sums.map((value) => Math.max(0, value));
}

// The largest value of each window of 2 × 2; an odd last row and column are left out.
function pool(maps, side, depth) {
  const half = Math.floor(side / 2);
  const largest = new Float32Array(half * half * depth);
  for (let i = 0; i < largest.length; i += 1) {
    const [place, map] = [Math.floor(i / depth), i % depth];
    const first = (2 * Math.floor(place / half) * side + 2 * (place % half)) * depth + map;
    const below = first + side * depth;
    largest[i] = Math.max(maps[first], maps[first + depth], maps[below], maps[below + depth]);
  }
  return largest;
}

function weigh(values, weights, biases) {
  const sums = biases.slice();
  values.forEach((value, row) => addTimes(sums, value, weights, row));
  return sums;
}

// Add a row of a table of weights, times a value.
function addTimes(sums, value, weights, row) {
  if (value === 0) return; // most of an image is paper
  const start = row * sums.length;
  for (let i = 0; i < sums.length; i += 1) sums[i] += value * weights[start + i];
}
