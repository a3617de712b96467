// How does a kernel compute one value of its feature map? What is shown was sent once, with the
// widget, so a move of the pointer or a key waits for nothing. The functions for canvases are in
// canvas.js.

function render({ model, el }) {
  const { shape, levels, kernels, biases, kernel, place, signed, positive } = model.get("_data");
  const [height, width] = shape;
  const size = kernels[0].length;
  const [rows, columns] = [height - size + 1, width - size + 1]; // of the feature map
  el.classList.add("explorer");
  guardKeyboard(el); // from keyboard.js
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Kernel explorer");
  const table = (name, caption) =>
    `<figure><figcaption>${caption}</figcaption><div class="${name} numbers"></div></figure>`;
  el.innerHTML = `
    <label>kernel <input class="number" type="range" min="0" max="${kernels.length - 1}" value="${kernel}">
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
  const pixels = bytesOf(levels);
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

  const paintSquare = painter(square, (pen, side) => {
    const cell = side / width;
    pen.drawImage(picture, 0, 0, side, cell * height);
    drawFrame(pen, PLACE, column * cell, row * cell, size * cell, size * cell);
  });
  const paintMap = painter(map, (pen, side) => {
    const cell = side / columns;
    pen.drawImage(mapPicture, 0, 0, side, cell * rows);
    drawFrame(pen, PLACE, column * cell, row * cell, cell, cell);
  });
  const paintAll = () => [paintSquare, paintMap].forEach((paint) => paint());

  const step = ([down, right]) => go(row + down, column + right);
  const half = Math.floor(size / 2); // the middle of the kernel is under the pointer
  explorable(square, height, width, (r, c) => go(r - half, c - half), step);
  explorable(map, rows, columns, go, step);
  square.style.aspectRatio = `${width} / ${height}`;
  map.style.aspectRatio = `${columns} / ${rows}`;
  map.style.width = `${(100 * columns) / width}%`; // a pixel is as large as in the image
  number.addEventListener("input", pick);
  pick();
  return repaintOnResize(paintAll, square, map);
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

const shade = (palette, share) => palette[Math.round(share * (palette.length - 1))];
const minus = (number, digits) => {
  const text = Math.abs(number).toFixed(digits);
  return number < 0 && Number(text) ? `−${text}` : text; // no −0.00
};

export default { render };
