// Canvases that are explored by pointer and keys, put before the modules of the explorers: see
// assets.py.

const [ROW, PLACE] = ["#0072b2", "#d55e00"]; // the first two colours of the course's figures
const GREY = Array.from({ length: 256 }, (_, level) => [255 - level, 255 - level, 255 - level]);
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// Let pointer and arrow keys explore a grid of cells, which begins `top` pixels below the edge of
// its canvas. `enter` gets the row and the column of the cell under the pointer, `step` the
// direction of a key.
function explorable(canvas, rows, columns, enter, step, top = 0) {
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const [down, right] = [event.clientY - box.top - top, event.clientX - box.left];
    enter(
      clamp(Math.floor((down / (box.height - top)) * rows), rows),
      clamp(Math.floor((right / box.width) * columns), columns),
    );
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", (event) => {
    canvas.focus({ preventScroll: true });
    point(event);
  });
  canvas.addEventListener("keydown", (event) => {
    const direction = directionOf(event);
    if (direction) step(direction);
  });
}

// The direction of an arrow key, which then does not scroll the page; null for other keys.
function directionOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in MOVES)) return null;
  event.preventDefault();
  return MOVES[event.key];
}

// A function that repaints a canvas at the resolution of the screen. `paint` gets a pen whose unit
// is a CSS pixel, and the size of the canvas in CSS pixels.
function painter(canvas, paint) {
  return () => {
    const [wide, tall, scale] = [canvas.clientWidth, canvas.clientHeight, window.devicePixelRatio || 1];
    if (!wide) return; // not on the page yet, or hidden
    [canvas.width, canvas.height] = [Math.round(wide * scale), Math.round(tall * scale)];
    const pen = canvas.getContext("2d");
    pen.setTransform(canvas.width / wide, 0, 0, canvas.height / tall, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.font = "11px sans-serif";
    paint(pen, wide, tall);
  };
}

// Paint when a canvas appears on the page or changes size. Returns the function that stops this.
function repaintOnResize(paint, ...canvases) {
  const observer = new ResizeObserver(paint);
  canvases.forEach((canvas) => observer.observe(canvas));
  return () => observer.disconnect();
}

// A picture with one pixel per cell. `palette` gives the colours of the cells, unless they are
// colours already.
function bitmap(cells, palette, columns) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, cells.length / columns];
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(canvas.width, canvas.height);
  cells.forEach((cell, i) => image.data.set([...(palette ? palette[cell] : cell), 255], 4 * i));
  pen.putImageData(image, 0, 0);
  return canvas;
}

// Fill a canvas with one pixel per level. `colors` has a colour for each level, its four bytes as one
// number.
function fillPicture(canvas, levels, colors) {
  const pen = canvas.getContext("2d");
  const shown = pen.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(shown.data.buffer); // four bytes at once
  levels.forEach((level, i) => (pixels[i] = colors[level]));
  pen.putImageData(shown, 0, 0);
}

// A frame with a white rim, so that it stands out from what it frames. It stays inside the canvas.
function drawFrame(pen, color, x, y, width, height) {
  const [right, bottom] = [pen.canvas.clientWidth, pen.canvas.clientHeight];
  const [x0, y0] = [Math.max(1.5, x), Math.max(1.5, y)];
  const [x1, y1] = [Math.min(right - 1.5, x + width), Math.min(bottom - 1.5, y + height)];
  for (const [style, line] of [["white", 4], [color, 2]]) {
    pen.strokeStyle = style;
    pen.lineWidth = line;
    pen.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
}

const parts = (el, ...names) => names.map((name) => el.querySelector(`.${name}`));
const bytesOf = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);
const clamp = (number, n) => Math.min(n - 1, Math.max(0, number));
const minus = (number, digits = 0) => { // a number with the minus sign of print
  const text = Math.abs(number).toFixed(digits);
  return number < 0 && Number(text) ? `−${text}` : text; // no −0.00
};
