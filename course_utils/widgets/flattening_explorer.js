// Where does a pixel of an image land in the vector? What is shown was sent once, with the widget,
// so a move of the pointer or a key waits for nothing. The functions for canvases are in canvas.js.

const LABELS = 16; // height of the line of labels above a strip, in CSS pixels

function render({ model, el }) {
  const { shape: [n, height, width], image, levels } = model.get("_data");
  el.classList.add("explorer");
  guardKeyboard(el); // from keyboard.js
  el.setAttribute("role", "group");
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
  const pixels = bytesOf(levels);
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

  const paintSquare = painter(square, (pen, side) => {
    const cell = side / width;
    const row = Math.floor(place / width);
    pen.drawImage(bitmap(shown, GREY, width), 0, 0, side, cell * height);
    drawFrame(pen, ROW, 0, row * cell, side, cell);
    drawFrame(pen, PLACE, (place % width) * cell, row * cell, cell, cell);
  });
  const paintStrip = painter(strip, (pen, length, tall) => {
    const [cell, row] = [length / size, Math.floor(place / width)];
    pen.imageSmoothingEnabled = cell < 1; // or some places are left out
    pen.drawImage(bitmap(shown, GREY, size), 0, LABELS, length, tall - LABELS);
    const every = Math.ceil(20 / (width * cell)); // the labels would touch in a narrow page
    for (let r = 0; r < height; r += 1) {
      pen.fillStyle = ROW;
      pen.fillRect(r * width * cell, LABELS - 4, 1, 4);
      if (r % every === 0) write(pen, r, r * width * cell + 2, "left");
    }
    drawFrame(pen, ROW, row * width * cell, LABELS, width * cell, tall - LABELS);
    drawFrame(pen, PLACE, place * cell, LABELS, Math.max(cell, 2), tall - LABELS);
  });
  const paintNear = painter(near, (pen, length, tall) => {
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
    drawFrame(pen, PLACE, left(place), LABELS, cell, tall - 2 * LABELS);
    write(pen, place, left(place) + cell / 2, "center", tall);
    if (first === place - width) write(pen, `${first}: one row above`, 2, "left", tall);
    if (last === place + width) write(pen, `${last}: one row below`, length - 2, "right", tall);
  });
  const paintAll = () => [paintSquare, paintStrip, paintNear].forEach((paint) => paint());

  explorable(square, height, width, (row, column) => go(row * width + column), ([down, right]) => {
    const [row, column] = [Math.floor(place / width) + down, (place % width) + right];
    go(clamp(row, height) * width + clamp(column, width));
  });
  explorable(strip, 1, size, (_, to) => go(to), ([down, right]) => go(place + down * width + right), LABELS);
  number.addEventListener("input", pick);
  pick();
  return repaintOnResize(paintAll, square, strip, near);
}

// A label in the line above the cells, or in the line below them, which ends at `bottom`.
function write(pen, text, x, align, bottom = LABELS) {
  pen.fillStyle = "black";
  pen.textAlign = align;
  pen.fillText(text, x, bottom - 5);
}

export default { render };
