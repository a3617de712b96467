// The tiles of live_activations.py, and one map large with the arithmetic of one of its values.
// Python lays the tiles out and sends a byte per pixel, an index into the table of colours that was
// sent at the start; what is chosen goes to Python, which answers with the arithmetic. The
// functions for canvases are in canvas.js.

const SIDE = 450; // approximate width of a canvas: larger than on the page, so tiles stay sharp
const COLUMNS = 8; // tiles in a row, and parts of a sum
const PAUSE = 700; // milliseconds without a change before it is announced
const MARKUP = `
  <div class="overview">
    <div class="settings">
      <label class="picker">image <input type="number" min="0"></label>
      <canvas class="thumb" role="img" aria-label="The image"></canvas>
      <label><input type="checkbox" class="numbered"> numbers</label>
      <span class="legend">× all 0 for this image</span>
    </div>
    <div class="layers"></div>
    <div class="outputs" tabindex="0" role="application"></div>
  </div>
  <div class="detail">
    <div class="heading"><strong class="title"></strong>
      <button type="button" class="back">Back</button></div>
    <div class="pictures">
      <figure><figcaption class="of-source"></figcaption>
        <canvas class="source" tabindex="0" role="application"></canvas></figure>
      <figure><figcaption class="of-map"></figcaption>
        <canvas class="map" tabindex="0" role="application"></canvas></figure>
    </div>
    <div class="sum">
      <p class="of-terms"></p>
      <div class="grid"><div class="rows" aria-hidden="true"></div>
        <div class="terms" tabindex="0" role="application"></div></div>
    </div>
    <div class="beside">
      <div class="tables"></div>
      <p class="of-tables"></p>
      <table class="softmax"></table>
    </div>
    <p class="reading"></p>
  </div>
  <p class="said" role="status"></p>
  <p class="error" role="status"></p>`;
const LAYER = `
  <figcaption></figcaption>
  <div class="grid">
    <div class="rows" aria-hidden="true"></div>
    <div class="stack"><canvas class="tiles" tabindex="0" role="application"></canvas>
      <canvas class="marks" aria-hidden="true"></canvas></div>
  </div>
  <div class="scale">0 <canvas width="255" height="1"></canvas> <span></span></div>
  <div class="words"></div>`;

function render({ model, el }) {
  el.classList.add("live-activations");
  guardKeyboard(el); // from keyboard.js
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Feature maps");
  el.innerHTML = MARKUP;
  const [panels, overview, detail, error, said, picker, thumb, numbered, outputs, title, back] = parts(
    el, "layers", "overview", "detail", "error", "said", "picker", "thumb", "numbered", "outputs", "title", "back",
  );
  const [pictures, source, map, ofSource, ofMap, sum, ofTerms, terms, ofTables, tables, table, reading] = parts(
    el, "pictures", "source", "map", "of-source", "of-map", "sum", "of-terms", "terms", "of-tables",
    "tables", "softmax", "reading",
  );
  const colors = new Uint32Array(bytesOf(model.get("_colors")).slice().buffer); // one per level
  const signed = model.get("_signed");
  const came = []; // the values from which one has gone on to their sources
  let [timer, goesIn] = [null, false]; // whether the focus follows when the answer is there

  // What is chosen

  // What was asked for last, in any view of this model; `arithmetic` may still be about the one before.
  const wanted = () => model.get("chosen");
  const layers = () => model.get("shown").layers ?? [];
  const isOutput = (layer) => layer === layers().length;
  const ask = (place) => {
    model.set("chosen", place);
    model.save_changes(); // sent when the one before is answered: of several the last one
  };
  const chosen = () => ({ ...model.get("arithmetic"), ...wanted() });
  const isAnswered = () => { // whether `arithmetic` is about what was asked for last
    const { layer, map: index } = model.get("arithmetic");
    return layer === (wanted().layer ?? layer) && index === (wanted().map ?? index);
  };
  const choose = (place) => { // another map, from the overview
    came.length = 0;
    ask(place);
    paintMarks();
  };
  const move = ([down, right]) => { // within the map that is large
    const { layer, map: index, row, column } = chosen();
    const [height, width] = layers()[layer].shape;
    ask({ layer, map: index, row: clamp(row + down, height), column: clamp(column + right, width) });
  };
  const descend = (term) => { // to what the value was made from
    const { layer, map: index, kind, row, column, place } = model.get("arithmetic");
    if (layer === 0 || !place) return;
    came.push({ layer, map: index, row, column });
    const [toRow, toColumn] = place[kind === "pooling" ? 0 : term];
    goesIn = true;
    ask({ layer: layer - 1, map: kind === "pooling" ? index : term, row: toRow, column: toColumn });
  };
  const enter = () => { // into the large map, or the sum of an output
    goesIn = !isAnswered();
    if (!goesIn) (isOutput(chosen().layer) ? terms : map).focus({ preventScroll: true });
  };
  const pick = (term) => { // one part of the sum
    const { layer, map: index, row, column, terms: all } = model.get("arithmetic");
    if (all?.[term] !== undefined) ask({ layer, map: index, row, column, term });
  };

  // Tiles

  // The nearest tile in the direction of a key, wherever the layers stand on the page.
  const neighbour = ([down, right]) => {
    const { layer, map: index } = chosen();
    const middles = [];
    layers().forEach(({ shape }, i) => {
      const box = panels.children[i].querySelector(".tiles").getBoundingClientRect();
      const rows = Math.ceil(shape[2] / COLUMNS);
      for (let k = 0; k < shape[2]; k += 1) {
        const [r, c] = [Math.floor(k / COLUMNS), k % COLUMNS];
        const x = box.left + ((c + 0.5) / COLUMNS) * box.width;
        middles.push({ layer: i, map: k, x, y: box.top + ((r + 0.5) / rows) * box.height });
      }
    });
    [...outputs.children].forEach((cell, k) => {
      const { left, top, width, height } = cell.getBoundingClientRect();
      middles.push({ layer: layers().length, map: k, x: left + width / 2, y: top + height / 2 });
    });
    const from = middles.find((tile) => tile.layer === layer && tile.map === index);
    if (!from) return null; // Python chose one that is not there
    let [nearest, least] = [null, Number.POSITIVE_INFINITY];
    for (const to of middles) {
      const along = (to.x - from.x) * right + (to.y - from.y) * down;
      const across = Math.abs((to.x - from.x) * down) + Math.abs((to.y - from.y) * right);
      const distance = along + 3 * across;
      if (along > 2 && across < 2 * along && distance < least) [nearest, least] = [to, distance];
    }
    return nearest;
  };
  const onTile = (event) => {
    const direction = directionOf(event);
    if (direction) {
      const to = neighbour(direction);
      if (!to) return;
      choose({ layer: to.layer, map: to.map });
      (isOutput(to.layer) ? outputs : panels.children[to.layer].querySelector(".tiles")).focus();
    } else if (isEnter(event)) enter();
  };
  const newLayer = (layer) => {
    const panel = document.createElement("figure");
    panel.innerHTML = LAYER;
    const levels = Uint8Array.from({ length: 255 }, (_, level) => level);
    fillPicture(panel.querySelector(".scale canvas"), levels, colors);
    const canvas = panel.querySelector(".tiles");
    canvas.addEventListener("pointerdown", (event) => {
      const n = layers()[layer].shape[2];
      const [row, column] = cellUnder(event, canvas, Math.ceil(n / COLUMNS), COLUMNS);
      const index = row * COLUMNS + column;
      if (index < n) choose({ layer, map: index });
      canvas.focus({ preventScroll: true });
    });
    canvas.addEventListener("focus", () => { // with Tab: the first map of a layer that is not chosen
      if (chosen().layer !== layer) choose({ layer, map: 0 });
    });
    canvas.addEventListener("keydown", onTile);
    observer.observe(canvas);
    return panel;
  };
  // Numbers, silent maps, the chosen tile and those it is made from, above the tiles.
  const paintMarks = () => {
    const { layer, map: index, kind, terms: sums, term } = chosen();
    const sources = isAnswered() ? layer - 1 : -1;
    layers().forEach(({ shape: [height, width, n], silent }, i) => {
      const canvas = panels.children[i].querySelector(".marks");
      painter(canvas, (pen, wide, tall) => {
        const gap = Math.max(1, Math.floor(width / 12));
        const rows = Math.ceil(n / COLUMNS);
        const stepX = wide * ((width + gap) / (COLUMNS * (width + gap) - gap));
        const stepY = tall * ((height + gap) / (rows * (height + gap) - gap));
        const [tileX, tileY] = [(stepX * width) / (width + gap), (stepY * height) / (height + gap)];
        const corner = (k) => [(k % COLUMNS) * stepX, Math.floor(k / COLUMNS) * stepY];
        if (numbered.checked) for (let k = 0; k < n; k += 1) number(pen, k, ...corner(k), tileX);
        for (const k of silent) cross(pen, ...corner(k), tileX, tileY);
        const frame = (k, color) => drawFrame(pen, color, ...corner(k), tileX, tileY);
        if (i === sources && kind === "pooling") frame(index, SOURCE);
        if (i === sources && sums) for (const k of strongest(sums, term)) frame(k, SOURCE);
        if (i === layer) frame(index, PLACE);
      })();
    });
    [...outputs.children].forEach((cell, k) => {
      cell.classList.toggle("chosen", isOutput(layer) && k === index);
    });
  };

  // The large map

  const tile = (layer, index) => { // a picture of one map
    const { shape: [height, width], width: across, levels } = layers()[layer];
    const bytes = bytesOf(levels);
    const gap = Math.max(1, Math.floor(width / 12));
    const top = Math.floor(index / COLUMNS) * (height + gap);
    const left = (index % COLUMNS) * (width + gap);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const rows = Array.from({ length: height }, (_, row) => (top + row) * across + left);
    fillPicture(canvas, rows.flatMap((start) => [...bytes.subarray(start, start + width)]), colors);
    return canvas;
  };
  const image = () => {
    const { levels, shape } = model.get("shown").image;
    return bitmap(bytesOf(levels), GREY, shape[1]);
  };
  const large = (canvas, picture, color, row, column, size) => {
    canvas.style.aspectRatio = `${picture.width} / ${picture.height}`;
    painter(canvas, (pen, wide, tall) => {
      const [x, y] = [wide / picture.width, tall / picture.height];
      pen.drawImage(picture, 0, 0, wide, tall);
      drawFrame(pen, color, column * x, row * y, size * x, size * y);
    })();
  };
  const paintLarge = () => {
    const { layer, map: index, row, column, window: read, term, kind } = model.get("arithmetic");
    if (layer === undefined || kind === "output" || !layers()[layer]) return;
    large(map, tile(layer, index), PLACE, row, column, 1);
    if (!read) return;
    const from = layer === 0 ? image() : tile(layer - 1, kind === "pooling" ? index : term);
    large(source, from, SOURCE, ...read);
  };
  map.addEventListener("pointermove", (event) => {
    const { layer, map: index } = chosen();
    const [height, width] = layers()[layer].shape;
    const [row, column] = cellUnder(event, map, height, width);
    if (row !== wanted().row || column !== wanted().column) ask({ layer, map: index, row, column });
  });
  map.addEventListener("pointerdown", () => map.focus({ preventScroll: true }));
  const onLarge = (event) => {
    const direction = directionOf(event);
    if (direction) move(direction);
    else if (isEnter(event)) descend(model.get("arithmetic").term);
  };
  map.addEventListener("keydown", onLarge);
  // The image moves the kernel over it; a map is where one can go on to.
  source.addEventListener("pointermove", (event) => {
    const { layer, map: index, window: read } = chosen();
    if (layer !== 0 || !read) return;
    const [height, width] = model.get("shown").image.shape;
    const under = cellUnder(event, source, height, width);
    const half = Math.floor(read[2] / 2); // the middle of the kernel is under the pointer
    const [row, column] = under.map((place, i) => clamp(place - half, layers()[0].shape[i]));
    if (row !== wanted().row || column !== wanted().column) ask({ layer, map: index, row, column });
  });
  source.addEventListener("pointerdown", () => {
    source.focus({ preventScroll: true });
    descend(model.get("arithmetic").term);
  });
  source.addEventListener("keydown", onLarge);
  back.addEventListener("click", () => {
    goesIn = came.length === 1; // the button goes away
    ask(came.pop());
  });

  // Sums

  terms.addEventListener("pointermove", ({ target }) => {
    const term = [...terms.children].indexOf(target);
    if (term >= 0 && term !== wanted().term) pick(term);
  });
  terms.addEventListener("click", ({ target }) => {
    const term = [...terms.children].indexOf(target);
    if (term >= 0) descend(term);
  });
  terms.addEventListener("keydown", (event) => {
    const direction = directionOf(event);
    const term = chosen().term ?? model.get("arithmetic").term;
    if (direction) pick(clamp(term + COLUMNS * direction[0] + direction[1], terms.children.length));
    else if (isEnter(event)) descend(term);
  });
  outputs.addEventListener("pointerdown", ({ target }) => {
    const cell = target.closest(".output");
    if (cell) choose({ layer: layers().length, map: [...outputs.children].indexOf(cell) });
    outputs.focus({ preventScroll: true });
  });
  outputs.addEventListener("keydown", onTile);
  outputs.addEventListener("focus", () => {
    if (isOutput(chosen().layer)) return;
    choose({ layer: layers().length, map: likeliest(model.get("shown").outputs) });
  });

  const showArithmetic = () => {
    const now = model.get("arithmetic");
    if (now.layer === undefined || !layers().length) return; // or there is an error instead
    const { layer, map: index, kind, window: read, term, terms: sums, lines, limits } = now;
    const name = layer > 0 ? layers()[layer - 1]?.name : "image";
    title.textContent = `${now.title}${kind === "output" ? "" : `, row ${now.row}, column ${now.column}`}`;
    back.hidden = !came.length;
    pictures.hidden = kind === "output";
    source.parentElement.hidden = !read;
    ofMap.textContent = now.title;
    label(map, `${now.title}. Arrow keys go from value to value${layer && read ? ", Enter goes to what it is made from" : ""}.`);
    if (read) {
      const from = layer === 0 ? "image" : `${name}, map ${kind === "pooling" ? index : term}`;
      ofSource.textContent = from;
      label(source, layer === 0
        ? "The image. Arrow keys move the kernel over it."
        : `${from}, with the window that is read. Enter goes there, arrow keys move it.`);
    }
    sum.hidden = !(sums?.length > 1);
    if (!sum.hidden) {
      ofTerms.textContent = `What each map of ${name} adds: blue lowers, red raises`;
      label(terms, `The ${sums.length} parts of the sum. Arrow keys go from part to part, Enter goes to that map.`);
      fill(terms, sums, 2, (value) => shade(signed, (value / limits[1] + 1) / 2));
      numberRows(sum.querySelector(".rows"), sums.length);
      [...terms.children].forEach((cell, k) => cell.classList.toggle("chosen", k === term));
    }
    showTables(now, name);
    showSoftmax(kind === "output", index);
    reading.textContent = lines.join("\n");
    paintLarge();
    paintMarks();
    if (goesIn && isAnswered()) enter();
  };
  const showTables = ({ layer, kind, inputs, weights, products, term, terms: sums, limits, columns }, name) => {
    tables.hidden = !inputs;
    ofTables.hidden = !(sums?.length > 1);
    if (!inputs) return;
    const highest = layer === 0 ? 1 : Number(layers()[layer - 1].highest) || 1;
    const ofInput = (value) =>
      layer === 0 ? GREY[Math.round(255 * value)] : colorAt(colors, Math.min(1, value / highest));
    const ofSigned = (value) => shade(signed, clampShare((value / limits[0] + 1) / 2));
    const isSmall = columns > 3 || inputs.length > 9; // colours alone: there is no room for 75 numbers
    const whose = layer === 0 ? "pixels / 255" : kind === "pooling" ? `four values of ${name}` : `${name}, map ${term}`;
    while (tables.children.length < 3) tables.append(newTable());
    [...tables.children].forEach((one, i) => (one.hidden = kind === "pooling" && i > 0));
    const contents = [[whose, inputs, 2, ofInput]];
    if (kind !== "pooling") contents.push(["weights", weights, 2, ofSigned], ["products", products, 3, ofSigned]);
    contents.forEach(([caption, values, digits, colorOf], i) => {
      const [above, cells] = tables.children[i].children;
      above.textContent = caption;
      cells.classList.toggle("small", isSmall);
      cells.style.setProperty("--columns", columns);
      cells.style.setProperty("--wide", `${[40, 44, 50][i]}px`);
      fill(cells, values, isSmall ? 0 : digits, colorOf);
    });
    const winner = kind === "pooling" ? inputs.indexOf(Math.max(...inputs)) : -1;
    [...tables.children[0].children[1].children].forEach((cell, i) => cell.classList.toggle("chosen", i === winner));
    if (!ofTables.hidden) {
      const n = inputs.length;
      ofTables.textContent = `map ${term}: ${n} values × ${n} weights add ${minus(sums[term], 3)}`;
    }
  };
  const showSoftmax = (visible, index) => {
    table.hidden = !visible;
    if (!visible) return;
    const all = model.get("shown").outputs;
    const largest = Math.max(...all.map(({ logit }) => logit));
    const head = ["output", "logit", `e^(logit − ${minus(largest, 2)})`, "softmax"];
    const rows = all.map(({ logit, power, probability }, k) =>
      `<tr class="${k === index ? "chosen" : ""}"><th scope="row">${k}</th><td>${minus(logit, 2)}</td>
       <td>${power.toFixed(4)}</td><td>${probability.toFixed(4)}</td></tr>`);
    const html = `<thead><tr>${head.map((text) => `<th scope="col">${text}</th>`).join("")}</tr></thead>
      <tbody>${rows.join("")}</tbody>`;
    if (table.innerHTML !== html) table.innerHTML = html;
  };

  // All of it

  let [shown, arithmetic] = [];
  const update = () => {
    const before = [shown, arithmetic];
    [shown, arithmetic] = [model.get("shown"), model.get("arithmetic")];
    if (document.activeElement !== field) field.value = model.get("number"); // another view's, or Python's
    if (shown !== before[0]) show();
    if (shown === before[0] && arithmetic === before[1]) return;
    showArithmetic();
    clearTimeout(timer);
    if (before[0]) timer = setTimeout(() => (said.textContent = shown.error ? "" : (arithmetic.said ?? "")), PAUSE);
  };
  const show = () => {
    const { layers: now = [], error: wrong = "", outputs: answers = [] } = model.get("shown");
    if (error.textContent !== wrong) error.textContent = wrong; // announced once
    overview.hidden = detail.hidden = wrong !== "";
    if (now.length && model.get("_with_image")) {
      const picture = image();
      [thumb.width, thumb.height] = [picture.width, picture.height];
      thumb.getContext("2d").drawImage(picture, 0, 0);
    }
    while (panels.children.length < now.length) panels.append(newLayer(panels.children.length));
    now.forEach((layer, i) => showLayer(panels.children[i], layer, colors));
    outputs.hidden = !answers.length;
    label(outputs, "The outputs. Arrow keys go from output to output and to the maps, Enter to its sum.");
    showOutputs(outputs, answers);
  };
  const observer = new ResizeObserver(() => {
    if (!layers().length) return;
    paintMarks();
    paintLarge();
  });
  [map, source].forEach((canvas) => observer.observe(canvas));
  const field = picker.querySelector("input");
  if (model.get("_n_images") < 2) picker.remove();
  if (!model.get("_with_image")) thumb.remove();
  field.max = model.get("_n_images") - 1;
  field.value = model.get("number");
  field.addEventListener("input", () => {
    model.set("number", clamp(Math.round(field.valueAsNumber || 0), model.get("_n_images")));
    model.save_changes();
  });
  numbered.addEventListener("change", paintMarks);
  model.on("change", update);
  update();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    model.off("change", update);
  };
}

const SOURCE = ROW; // what a value is made from; PLACE is the value itself

function showLayer(panel, { title, highest, inWords, width, levels, shape: [, , n] }, colors) {
  const bytes = bytesOf(levels);
  const tiles = document.createElement("canvas");
  [tiles.width, tiles.height] = [width, bytes.length / width];
  fillPicture(tiles, bytes, colors);
  const canvas = panel.querySelector(".tiles");
  const scale = Math.max(1, Math.round(SIDE / width));
  // This also empties the canvas.
  [canvas.width, canvas.height] = [scale * tiles.width, scale * tiles.height];
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(tiles, 0, 0, canvas.width, canvas.height);
  numberRows(panel.querySelector(".rows"), n);
  label(canvas, `${title}: ${inWords}. Arrow keys go from map to map, Enter into the large one.`);
  panel.querySelector("figcaption").textContent = title;
  panel.querySelector(".scale span").textContent = highest;
  panel.querySelector(".words").textContent = inWords;
}

// One column per output: its number, logit and probability, and a bar.
function showOutputs(outputs, answers) {
  while (outputs.children.length < answers.length) {
    const cell = document.createElement("div");
    cell.className = "output";
    cell.innerHTML = '<b></b><span class="bar"><i></i></span><span></span>';
    outputs.append(cell);
  }
  answers.forEach(({ probability }, k) => {
    const [digit, bar, text] = outputs.children[k].children;
    digit.textContent = k;
    bar.firstChild.style.height = `${100 * probability}%`;
    text.textContent = probability.toFixed(2);
  });
}

const likeliest = (answers) =>
  answers.reduce((best, { logit }, k) => (logit > answers[best].logit ? k : best), 0);

function newTable() {
  const figure = document.createElement("figure");
  figure.innerHTML = '<figcaption></figcaption><div class="numbers"></div>';
  return figure;
}

// Cells with numbers, each on its colour: dark on light or light on dark, whichever reads better.
function fill(cells, values, digits, colorOf) {
  while (cells.children.length < values.length) cells.append(document.createElement("span"));
  while (cells.children.length > values.length) cells.lastChild.remove();
  values.forEach((value, i) => {
    const cell = cells.children[i];
    const color = colorOf(value);
    const [r, g, b] = color.map((part) => (part / 255) ** 2.2);
    cell.style.background = `rgb(${color})`;
    cell.style.color = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "black" : "white";
    const text = digits ? minus(value, digits) : "";
    if (cell.textContent !== text) cell.textContent = text;
  });
}

// The three parts that count most, and the one that is shown.
function strongest(sums, term) {
  const order = [...sums.keys()].sort((a, b) => Math.abs(sums[b]) - Math.abs(sums[a]));
  return [...order.slice(0, 3).filter((k) => sums[k]), term];
}

function cross(pen, x, y, width, height) {
  const half = Math.min(width, height) / 5;
  const [middleX, middleY] = [x + width - 1.3 * half, y + height - 1.3 * half]; // free of the number
  pen.lineWidth = 1.5;
  pen.strokeStyle = "white";
  pen.beginPath();
  for (const sign of [1, -1]) {
    pen.moveTo(middleX - half, middleY - sign * half);
    pen.lineTo(middleX + half, middleY + sign * half);
  }
  pen.stroke();
}

function number(pen, text, x, y, width) {
  pen.font = `${width < 30 ? 11 : 13}px sans-serif`; // or it would cover a small tile
  pen.textBaseline = "top";
  pen.lineWidth = 2;
  pen.strokeStyle = "black";
  pen.fillStyle = "white";
  pen.strokeText(text, x + 1, y);
  pen.fillText(text, x + 1, y);
}

// Row and column of the cell under the pointer.
function cellUnder(event, canvas, rows, columns) {
  const box = canvas.getBoundingClientRect();
  return [
    clamp(Math.floor(((event.clientY - box.top) / box.height) * rows), rows),
    clamp(Math.floor(((event.clientX - box.left) / box.width) * columns), columns),
  ].map((cell) => Math.max(0, cell));
}

function isEnter(event) { // alone: with Shift it runs the cell
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return false;
  event.preventDefault();
  return true;
}

// The number of the first map in each row.
function numberRows(rows, n) {
  const first = Array.from({ length: Math.ceil(n / COLUMNS) }, (_, row) => row * COLUMNS);
  if (rows.children.length === first.length) return;
  rows.replaceChildren(...first.map((map) => Object.assign(document.createElement("span"), { textContent: map })));
}

function label(part, text) {
  if (part.getAttribute("aria-label") !== text) part.setAttribute("aria-label", text);
}

const colorAt = (colors, share) => [...new Uint8Array(Uint32Array.of(colors[Math.round(254 * share)]).buffer)].slice(0, 3);
const shade = (palette, share) => palette[Math.round(share * (palette.length - 1))];
const clampShare = (share) => Math.min(1, Math.max(0, share));

export default { render };
