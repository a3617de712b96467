// The front page: the pad and the bars of the lessons, and between them what Python does there.

const COLUMNS = 8; // of the maps
const SIDE = 26; // of a map
const GAP = 2; // between two maps, in their pixels
const PAUSE = 700; // milliseconds without a change before a map is announced
const DRAWING = 1200; // milliseconds for the example
const arc = (x, y, width, height, from, to) => Array.from({ length: 21 }, (_, i) => {
  const angle = ((from + ((to - from) * i) / 20) * Math.PI) / 180;
  return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
});
const EXAMPLE = [...arc(0.48, 0.33, 0.17, 0.15, -160, 90), ...arc(0.48, 0.66, 0.21, 0.18, -90, 155)]; // a 3

// The colours of the lessons: from 0 up, and on both sides of 0.
const palette = (text) => {
  const stops = text.split(" ").map((hex) => [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)));
  return Array.from({ length: 256 }, (_, level) => {
    const place = (level / 255) * (stops.length - 1);
    const from = Math.min(stops.length - 2, Math.floor(place));
    return stops[from].map((part, i) => Math.round(part + (place - from) * (stops[from + 1][i] - part)));
  });
};
const POSITIVE = palette( // viridis
  "440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e 1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f d8e219 fde725",
);
const SIGNED = palette( // red and blue, reversed
  "053061 2065ab 4393c3 90c4dd d1e5f0 f7f6f6 fddbc7 f3a481 d6604d b1182b 67001f",
);

// What is legible on a color: black or white, by the luminance that WCAG defines, roughly.
const inkOn = (color) => {
  const [red, green, blue] = color.map((part) => (part / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "black" : "white";
};

const LOOK = `
  <div class="step">
    <div class="in"><div class="caption">28 × 28</div></div>
    <span aria-hidden="true">∗</span>
    <div><div class="caption">kernel <span class="number"></span></div>
      <div class="kernel" role="img"></div></div>
    <span aria-hidden="true">→</span>
    <div><div class="caption">map <span class="number"></span></div>
      <canvas class="large" width="${SIDE}" height="${SIDE}" role="img"></canvas></div>
  </div>
  <div class="caption">What its first layer sees: 32 kernels make 32 feature maps.
    <span class="with-mouse">Point at one.</span><span class="with-finger">Tap one.</span></div>
  <canvas class="tiles" tabindex="0" role="application" aria-roledescription="feature maps"
    aria-label="32 feature maps of the first layer. Arrow keys go from map to map."></canvas>
  <div class="scale"><span></span> <canvas width="256" height="1" aria-hidden="true"></canvas> <span></span></div>
  <p class="said" role="status"></p>`;

// What a widget of the lessons needs of anywidget's model. `save` is called when the browser would
// send changes to Python.
function newModel(state, save) {
  const listeners = new Map();
  return {
    get: (name) => state[name],
    set: (name, value) => {
      state[name] = value;
      listeners.get(`change:${name}`)?.();
    },
    on: (event, listener) => listeners.set(event, listener),
    save_changes: save,
  };
}

function start(page) {
  const weights = readWeights(WEIGHTS);
  const [padPlace, answerPlace, look, reading] = parts(page, "pad", "answer", "look", "reading");
  const [empty, blank] = [new Float32Array(SIDE * SIDE * 32), new Uint8Array(SIZE * SIZE)];
  let isExample = true;
  let maps = empty;
  let chosen = 17; // detects strokes with paper below; the lesson on this layer looks into it, too
  let highest = 1;

  // The pad and the bars
  const state = { strokes: [], brush: 2.5, preprocessed: true, _pixels: new DataView(blank.buffer) };
  const pad = newModel(state, () => answer());
  const bars = newModel({ answers: [{ name: "The network" }] });
  const set = pad.set;
  pad.set = (name, value) => {
    if (name !== "strokes" || !isExample) return set(name, value);
    isExample = false; // the first stroke replaces the example
    page.classList.remove("example");
    status.removeAttribute("aria-live");
    return set(name, value.slice(state.strokes.length));
  };
  const answer = () => {
    const image = drawAsMnist(state.strokes);
    const hasInk = image.some((level) => level > 0);
    const result = run(weights, image);
    page.classList.toggle("empty", !hasInk);
    const read = result.probabilities.indexOf(Math.max(...result.probabilities));
    reading.innerHTML = hasInk ? `: <strong>${read}</strong>` : "";
    maps = hasInk ? result.maps : empty;
    highest = maps.reduce((most, value) => Math.max(most, value), 0) || 1;
    set("_pixels", new DataView(image.buffer));
    bars.set("answers", [{ name: "The network", probabilities: hasInk ? result.probabilities : [] }]);
    paint();
    showMap();
  };

  // The first layer
  look.innerHTML = LOOK;
  const [source, kernel, map, tiles, said] = parts(look, "in", "kernel", "large", "tiles", "said");
  const scale = look.querySelector(".scale canvas");
  const ends = look.querySelectorAll(".scale span");
  const colors = new Uint32Array(Uint8Array.from(POSITIVE.flatMap((color) => [...color, 255])).buffer);
  const paper = colors.slice().fill(0xffffffff); // for maps of nothing: black would say 0
  const all = document.createElement("canvas"); // the tiles, one pixel per value
  [all.width, all.height] = [COLUMNS * (SIDE + GAP) - GAP, (32 / COLUMNS) * (SIDE + GAP) - GAP];
  const corner = (i) => [(i % COLUMNS) * (SIDE + GAP), Math.floor(i / COLUMNS) * (SIDE + GAP)];
  const levelsOf = (i) => Uint8Array.from({ length: SIDE * SIDE }, (_, k) => (255 * maps[k * 32 + i]) / highest);
  const paintTiles = painter(tiles, (pen, wide, tall) => {
    pen.drawImage(all, 0, 0, wide, tall);
    const [x, y] = corner(chosen).map((part) => (part * wide) / all.width);
    drawFrame(pen, PLACE, x, y, (SIDE * wide) / all.width, (SIDE * tall) / all.height);
  });
  const fillMap = (i) => fillPicture(map, levelsOf(i), maps === empty ? paper : colors);
  const paint = () => {
    const pen = all.getContext("2d");
    pen.strokeStyle = "#ccc";
    for (let i = 0; i < 32; i += 1) {
      fillMap(i);
      pen.drawImage(map, ...corner(i));
      if (maps === empty) pen.strokeRect(...corner(i).map((edge) => edge + 0.5), SIDE - 1, SIDE - 1);
    }
    [0, highest.toFixed(2)].forEach((end, i) => (ends[i].textContent = maps === empty ? "" : end));
  };
  const limit = weights[0].reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const showMap = () => {
    const own = [...weights[0]].filter((_, i) => i % 32 === chosen);
    look.querySelectorAll(".number").forEach((number) => (number.textContent = chosen));
    kernel.innerHTML = own.map((weight) => {
      const color = SIGNED[Math.round((255 * (weight / limit + 1)) / 2)];
      return `<span style="background: rgb(${color}); color: ${inkOn(color)}">${minus(weight, 1)}</span>`;
    }).join("");
    kernel.setAttribute("aria-label", `Kernel ${chosen}, row by row: ${own.map((weight) => minus(weight, 2)).join(", ")}.`);
    const levels = levelsOf(chosen);
    fillMap(chosen);
    const brightest = levels.indexOf(Math.max(...levels));
    const where = `row ${Math.floor(brightest / SIDE)}, column ${brightest % SIDE}`;
    map.setAttribute("aria-label", maps === empty
      ? `Map ${chosen}: nothing drawn yet.`
      : `Map ${chosen}, largest at ${where}: ${maps[brightest * 32 + chosen].toFixed(2)}.`);
    paintTiles();
  };
  let timer;
  const choose = (row, column) => {
    chosen = row * COLUMNS + column;
    showMap();
    clearTimeout(timer);
    timer = setTimeout(() => (said.textContent = `${map.ariaLabel} ${kernel.ariaLabel}`), PAUSE);
  };
  explorable(tiles, 32 / COLUMNS, COLUMNS, choose, ([down, right]) => choose(
    clamp(Math.floor(chosen / COLUMNS) + down, 32 / COLUMNS), clamp((chosen % COLUMNS) + right, COLUMNS),
  ));
  fillPicture(scale, Uint8Array.from({ length: 256 }, (_, level) => level), colors);
  repaintOnResize(paintTiles, tiles);

  digitPad.render({ model: pad, el: padPlace });
  digitPredictions.render({ model: bars, el: answerPlace });
  source.append(padPlace.querySelector(".picture"));
  const status = answerPlace.querySelector("[role=status]");
  status.ariaLive = "off"; // nobody asked for the example to be read out

  // The example draws itself, at once for those who want no motion
  page.classList.add("example");
  const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : DRAWING;
  const began = performance.now();
  const grow = (now) => {
    if (!isExample) return;
    const share = Math.min(1, Math.max(0, now - began) / duration);
    set("strokes", [EXAMPLE.slice(0, Math.max(1, Math.round(share * EXAMPLE.length)))]);
    answer();
    if (share < 1) requestAnimationFrame(grow);
  };
  grow(began + (duration === 1));
}

document.querySelectorAll(".front-page").forEach(start);
globalThis.frontPage = { readWeights, run, drawAsMnist, POSITIVE, SIGNED }; // for tests, and for the console
