// The tiles of live_activations.py. Python lays them out and sends a byte per pixel, an index into
// the table of colours that was sent at the start. A canvas is repainted in place.

const SIDE = 450; // approximate width of a canvas: larger than on the page, so tiles stay sharp
const MARKUP = `
  <div class="layers"></div>
  <p class="error" role="status"></p>`;
const LAYER = `
  <figcaption></figcaption>
  <div class="grid"><div class="rows" aria-hidden="true"></div><canvas class="tiles" role="img"></canvas></div>
  <div class="scale">0 <canvas width="255" height="1"></canvas> <span></span></div>
  <div class="words"></div>`;

function render({ model, el }) {
  el.classList.add("live-activations");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Feature maps");
  el.innerHTML = MARKUP;
  const panels = el.querySelector(".layers");
  const error = el.querySelector(".error");
  const colors = new Uint32Array(bytesOf(model.get("_colors")).slice().buffer); // one per level

  const show = () => {
    const { layers = [], error: wrong = "" } = model.get("shown");
    if (error.textContent !== wrong) error.textContent = wrong; // announced once
    panels.hidden = wrong !== "";
    while (panels.children.length < layers.length) panels.append(newLayer(colors));
    layers.forEach((layer, i) => showLayer(panels.children[i], layer, colors));
  };
  model.on("change:shown", show);
  show();
  return () => model.off("change:shown", show);
}

function newLayer(colors) {
  const panel = document.createElement("figure");
  panel.innerHTML = LAYER;
  const levels = Uint8Array.from({ length: 255 }, (_, level) => level);
  paint(panel.querySelector(".scale canvas"), levels, colors);
  return panel;
}

function showLayer(panel, { title, highest, inWords, width, levels, first }, colors) {
  const bytes = bytesOf(levels);
  const tiles = document.createElement("canvas");
  [tiles.width, tiles.height] = [width, bytes.length / width];
  paint(tiles, bytes, colors);
  const canvas = panel.querySelector(".tiles");
  const scale = Math.max(1, Math.round(SIDE / width));
  // This also empties the canvas.
  [canvas.width, canvas.height] = [scale * tiles.width, scale * tiles.height];
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(tiles, 0, 0, canvas.width, canvas.height);
  const rows = panel.querySelector(".rows"); // the number of the first map in each row
  if (rows.children.length !== first.length) rows.replaceChildren(...first.map(numbered));
  canvas.setAttribute("aria-label", `${title}: ${inWords}.`);
  panel.querySelector("figcaption").textContent = title;
  panel.querySelector(".scale span").textContent = highest;
  panel.querySelector(".words").textContent = inWords;
}

function numbered(map) {
  const row = document.createElement("span");
  row.textContent = map;
  return row;
}

function paint(canvas, levels, colors) {
  const pen = canvas.getContext("2d");
  const shown = pen.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(shown.data.buffer); // four bytes at once
  levels.forEach((level, i) => (pixels[i] = colors[level]));
  pen.putImageData(shown, 0, 0);
}

function bytesOf({ buffer, byteOffset, byteLength }) { // of a DataView
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export default { render };
