// The explorers of explorers.py. What they show is sent once, with the widget: a move of the
// pointer or a key waits for nothing.

const [ROW, PLACE] = ["#0072b2", "#d55e00"]; // the first two colours of the course's figures
const GREY = Array.from({ length: 256 }, (_, level) => [255 - level, 255 - level, 255 - level]);
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const LABELS = 16; // height of the line of labels over a strip, in CSS pixels

function render({ model, el }) {
  el.classList.add("explorer");
  el.setAttribute("role", "group");
  keepKeys(el); // of keys.js
  const explore = { flattening, kernel }[model.get("_kind")];
  return explore(el, model.get("_data"));
}

// Where does a pixel land in the vector?
function flattening(el, { shape: [n, height, width], image, levels }) {
  el.setAttribute("aria-label", "Flattening explorer");
  el.innerHTML = `
    <div class="beside">
      <canvas class="image" tabindex="0" role="application"
        aria-label="The image. Arrow keys move from pixel to pixel."></canvas>
      <div>
        <label>image <input class="number" type="number" min="0" max="${n - 1}" value="${image}"></label>
        <p class="reading" role="status"></p>
      </div>
    </div>
    <p>The whole vector. A number stands where the row of that number begins.</p>
    <canvas class="strip" tabindex="0" role="application"
      aria-label="The vector. Left and right arrow move by one place."></canvas>
    <p>The part around the chosen place, from the pixel one row above to the pixel one row below.</p>
    <canvas class="near" role="img"
      aria-label="The part of the vector around the chosen place, enlarged"></canvas>`;
  const [square, strip, near, number, reading] = parts(el, "image", "strip", "near", "number", "reading");
  const pixels = bytes(levels);
  const size = height * width;
  let place = Math.floor(height / 2) * width + Math.floor(width / 2);
  let shown; // the levels of the image, flat as they are in memory

  const go = (to) => {
    place = clamp(to, size);
    const [row, column] = [Math.floor(place / width), place % width];
    reading.textContent = [
      `row ${row}, column ${column}`,
      `grey level ${shown[place]} of 255`,
      `place in the vector: ${width} × ${row} + ${column} = ${place}`,
    ].join("\n");
    paintAll();
  };
  const pick = () => {
    const from = clamp(Math.round(number.valueAsNumber || 0), n) * size;
    shown = pixels.subarray(from, from + size);
    go(place);
  };

  const paintSquare = paints(square, (pen, side) => {
    const cell = side / width;
    const row = Math.floor(place / width);
    pen.drawImage(bitmap(shown, GREY, width), 0, 0, side, cell * height);
    frame(pen, ROW, 0, row * cell, side, cell);
    frame(pen, PLACE, (place % width) * cell, row * cell, cell, cell);
  });
  const paintStrip = paints(strip, (pen, length, tall) => {
    const [cell, row] = [length / size, Math.floor(place / width)];
    pen.imageSmoothingEnabled = cell < 1; // or some places are left out
    pen.drawImage(bitmap(shown, GREY, size), 0, LABELS, length, tall - LABELS);
    const every = Math.ceil(20 / (width * cell)); // the labels would touch in a narrow page
    for (let r = 0; r < height; r += 1) {
      pen.fillStyle = ROW;
      pen.fillRect(r * width * cell, LABELS - 4, 1, 4);
      if (r % every === 0) write(pen, r, r * width * cell + 2, "left");
    }
    frame(pen, ROW, row * width * cell, LABELS, width * cell, tall - LABELS);
    frame(pen, PLACE, place * cell, LABELS, Math.max(cell, 2), tall - LABELS);
  });
  const paintNear = paints(near, (pen, length, tall) => {
    const cell = length / (2 * width + 1);
    const left = (at) => (at - place + width) * cell;
    const [first, last] = [Math.max(0, place - width), Math.min(size - 1, place + width)];
    const seen = bitmap(shown.subarray(first, last + 1), GREY, last + 1 - first);
    pen.fillStyle = "#ccc"; // before the first place and after the last there is nothing
    pen.fillRect(0, LABELS, length, tall - 2 * LABELS);
    pen.drawImage(seen, left(first), LABELS, left(last + 1) - left(first), tall - 2 * LABELS);
    for (let r = Math.ceil(first / width); r * width <= last; r += 1) {
      pen.fillStyle = ROW;
      pen.fillRect(left(r * width) - 1, 0, 2, tall - LABELS);
      write(pen, `row ${r}`, left(r * width) + 4, left(r * width) > length - 50 ? "right" : "left");
    }
    frame(pen, PLACE, left(place), LABELS, cell, tall - 2 * LABELS);
    write(pen, place, left(place) + cell / 2, "center", tall);
    if (first === place - width) write(pen, `${first}: one row above`, 2, "left", tall);
    if (last === place + width) write(pen, `${last}: one row below`, length - 2, "right", tall);
  });
  const paintAll = () => [paintSquare, paintStrip, paintNear].forEach((paint) => paint());

  moves(square, height, width, (row, column) => go(row * width + column), ([down, right]) => {
    const [row, column] = [Math.floor(place / width) + down, (place % width) + right];
    go(clamp(row, height) * width + clamp(column, width));
  });
  moves(strip, 1, size, (_, to) => go(to), ([down, right]) => go(place + down * width + right));
  number.addEventListener("input", pick);
  pick();
  return follows(paintAll, square, strip, near);
}

// How does a kernel make one value of its feature map?
function kernel(el, { shape, levels, kernels, biases, kernel: first, place, signed, positive }) {
  const [height, width] = shape;
  const size = kernels[0].length;
  const [rows, columns] = [height - size + 1, width - size + 1]; // of the feature map
  el.setAttribute("aria-label", "Kernel explorer");
  const table = (name, caption) =>
    `<figure><figcaption>${caption}</figcaption><div class="${name} numbers"></div></figure>`;
  el.innerHTML = `
    <label>kernel <input class="number" type="range" min="0" max="${kernels.length - 1}" value="${first}">
    </label> <span class="chosen" aria-hidden="true"></span>
    <div class="beside">
      <figure><figcaption>image</figcaption><canvas class="image" tabindex="0" role="application"
        aria-label="The image. Arrow keys move the kernel over it."></canvas></figure>
      <figure><figcaption class="scale"></figcaption><canvas class="map" tabindex="0" role="application"
        aria-label="The feature map. Arrow keys move the kernel over the image."></canvas></figure>
    </div>
    <div class="sum">
      ${table("patch", "pixels / 255")} × ${table("weights", "kernel")} = ${table("products", "products")}
      <p class="reading" role="status"></p>
    </div>`;
  el.style.setProperty("--size", size);
  const [square, map, scale, number, chosenNumber, reading, patch, weights, products] = parts(
    el, "image", "map", "scale", "number", "chosen", "reading", "patch", "weights", "products",
  );
  const pixels = bytes(levels);
  const limit = Math.max(...kernels.flat(2).map(Math.abs)) || 1; // one scale for all kernels
  const picture = bitmap(pixels, GREY, width);
  let [row, column] = place;
  let chosen, bias, mapPicture;

  const under = (top, left) => // the pixels under the kernel, from 0 to 1
    [...Array(size * size).keys()].map(
      (i) => pixels[(top + Math.floor(i / size)) * width + left + (i % size)] / 255,
    );
  const summed = (top, left) => under(top, left).reduce((sum, pixel, i) => sum + pixel * chosen[i], 0);
  const ofSigned = (value) => shade(signed, (value / limit + 1) / 2);

  const go = (toRow, toColumn) => {
    [row, column] = [clamp(toRow, rows), clamp(toColumn, columns)];
    const seen = under(row, column);
    fill(patch, seen, 2, (value) => GREY[Math.round(255 * value)]);
    fill(products, seen.map((pixel, i) => pixel * chosen[i]), 3, ofSigned);
    const sum = summed(row, column);
    reading.textContent = [
      `row ${row}, column ${column} of the feature map`,
      `sum of the products: ${minus(sum, 3)}`,
      `plus the bias of ${minus(bias, 3)}: ${minus(sum + bias, 3)}`,
      `after ReLU: ${minus(Math.max(0, sum + bias), 3)}`,
    ].join("\n");
    paintAll();
  };
  const pick = () => {
    const k = Number(number.value);
    chosenNumber.textContent = k;
    [chosen, bias] = [kernels[k].flat(), biases[k]];
    fill(weights, chosen, 2, ofSigned);
    const values = [...Array(rows * columns).keys()].map((i) =>
      Math.max(0, summed(Math.floor(i / columns), i % columns) + bias),
    );
    const highest = Math.max(...values);
    scale.textContent = `feature map ${k}, from 0 (dark) to ${minus(highest, 2)}`;
    mapPicture = bitmap(values.map((value) => shade(positive, value / (highest || 1))), null, columns);
    go(row, column);
  };

  const paintSquare = paints(square, (pen, side) => {
    const cell = side / width;
    pen.drawImage(picture, 0, 0, side, cell * height);
    frame(pen, PLACE, column * cell, row * cell, size * cell, size * cell);
  });
  const paintMap = paints(map, (pen, side) => {
    const cell = side / columns;
    pen.drawImage(mapPicture, 0, 0, side, cell * rows);
    frame(pen, PLACE, column * cell, row * cell, cell, cell);
  });
  const paintAll = () => [paintSquare, paintMap].forEach((paint) => paint());

  const step = ([down, right]) => go(row + down, column + right);
  const half = Math.floor(size / 2); // the kernel lies with its middle under the pointer
  moves(square, height, width, (r, c) => go(r - half, c - half), step);
  moves(map, rows, columns, go, step);
  square.style.aspectRatio = `${width} / ${height}`;
  map.style.aspectRatio = `${columns} / ${rows}`;
  map.style.width = `${(100 * columns) / width}%`; // a pixel is as large as in the image
  number.addEventListener("input", pick);
  pick();
  return follows(paintAll, square, map);
}

// What both share

// `enter` gets the row and the column of the cell that the pointer is on, `step` the move of a key.
function moves(canvas, rows, columns, enter, step) {
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const top = canvas.className === "strip" ? LABELS : 0;
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
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in MOVES)) return;
    event.preventDefault(); // or the arrows scroll the page
    step(MOVES[event.key]);
  });
}

// A function that paints a canvas anew, as sharp as the screen is. `paint` gets a pen that counts
// in CSS pixels, and the size of the canvas in these.
function paints(canvas, paint) {
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

// Paint when a canvas comes onto the page or changes its size. Returns what ends it.
function follows(paint, ...canvases) {
  const observer = new ResizeObserver(paint);
  canvases.forEach((canvas) => observer.observe(canvas));
  return () => observer.disconnect();
}

// A picture with one pixel for each cell. `palette` gives the colours of the cells, if they are
// not colours already.
function bitmap(cells, palette, columns) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, cells.length / columns];
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(canvas.width, canvas.height);
  cells.forEach((cell, i) => image.data.set([...(palette ? palette[cell] : cell), 255], 4 * i));
  pen.putImageData(image, 0, 0);
  return canvas;
}

// A frame with a white rim, or it is lost on what it frames. It stays inside the canvas.
function frame(pen, color, x, y, width, height) {
  const [right, bottom] = [pen.canvas.clientWidth, pen.canvas.clientHeight];
  const [x0, y0] = [Math.max(1.5, x), Math.max(1.5, y)];
  const [x1, y1] = [Math.min(right - 1.5, x + width), Math.min(bottom - 1.5, y + height)];
  for (const [style, line] of [["white", 4], [color, 2]]) {
    pen.strokeStyle = style;
    pen.lineWidth = line;
    pen.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
}

// A label in the line over the cells, or in the one under them, which ends at `bottom`.
function write(pen, text, x, align, bottom = LABELS) {
  pen.fillStyle = "black";
  pen.textAlign = align;
  pen.fillText(text, x, bottom - 5);
}

// A table of numbers, each on its colour: dark on light or light on dark, whichever reads better.
function fill(table, values, digits, colorOf) {
  while (table.children.length < values.length) table.append(document.createElement("span"));
  values.forEach((value, i) => {
    const color = colorOf(value);
    const [r, g, b] = color.map((part) => (part / 255) ** 2.2);
    const { style } = table.children[i];
    style.background = `rgb(${color})`;
    style.color = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "black" : "white";
    table.children[i].textContent = minus(value, digits);
  });
}

const parts = (el, ...names) => names.map((name) => el.querySelector(`.${name}`));
const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
const clamp = (number, n) => Math.min(n - 1, Math.max(0, number));
const shade = (palette, share) => palette[Math.round(share * (palette.length - 1))];
const minus = (number, digits) => {
  const text = Math.abs(number).toFixed(digits);
  return number < 0 && Number(text) ? `−${text}` : text; // no −0.00
};

export default { render };
