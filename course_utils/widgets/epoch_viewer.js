// Pictures recorded while a network trained, and the curves beside them. All records were sent
// once, with the widget, so a move of the slider waits for nothing. The functions for canvases are
// in canvas.js.

const STEP_MS = 250; // between two records while it plays
const PAUSE_MS = 700; // without a move, before what is shown is announced
const [LABEL, GAP, LEAST] = [18, 4, 58]; // above a panel, around it, and its width at least: CSS pixels
const FONT = "13px sans-serif";

function render({ model, el }) {
  const data = model.get("_data");
  const { limits, limit, signed, epochs, dead, kind, step } = data;
  const [n, nPanels, height, width] = data.shape;
  const levels = bytesOf(data.levels);
  const curves = Object.entries(data.curves);
  let record = 0;
  let chosen = data.panel;
  let [playing, speaking] = [null, null]; // timers

  el.classList.add("explorer", "epoch-viewer");
  guardKeyboard(el); // from keyboard.js
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Epoch viewer");
  el.innerHTML = `
    <div class="controls">
      <button class="play" type="button">Play</button>
      <label><span class="name"></span> <input class="record" type="range" min="0" max="${n - 1}" value="0"></label>
      <span class="when" aria-hidden="true"></span>
      <label><input class="own" type="checkbox"> <span class="own-name"></span></label>
    </div>
    <div class="beside">
      <div class="pictures">
        <canvas class="grid" tabindex="0" role="application"></canvas>
        <div class="scale"><span class="low"></span><canvas class="bar" role="img"></canvas><span class="high"></span></div>
      </div>
      <div class="details">
        <div class="chosen"><canvas class="large" role="img"></canvas><p class="reading"></p></div>
        <div class="curves"></div>
      </div>
    </div>
    <p class="said" role="status"></p>`;
  const [play, slider, when, own, grid, low, bar, high, large, reading, drawn, said] = parts(
    el, "play", "record", "when", "own", "grid", "low", "bar", "high", "large", "reading", "curves", "said",
  );
  el.querySelector(".name").textContent = step;
  el.querySelector(".own-name").textContent = `each ${step} on its own scale`;
  grid.setAttribute("aria-label", `${nPanels} ${kind}s. Arrow keys choose one, which is shown large.`);

  // One canvas for each curve, and the line with the name and the present number above it.
  const charts = curves.map(([name, values]) => {
    const figure = document.createElement("figure");
    figure.innerHTML = `<figcaption></figcaption><canvas class="curve" role="img"></canvas>`;
    drawn.append(figure);
    const [caption, canvas] = figure.children;
    const ofPanels = Array.isArray(values[0]);
    const title = () => (ofPanels ? `${kind} ${chosen}: ${name}` : name);
    const line = () => (ofPanels ? values.map((row) => row[chosen]) : values);
    canvas.setAttribute("aria-label", `Curve of the ${name} by ${step}`);
    return { caption, canvas, title, line, paint: painter(canvas, (pen, wide, tall) => drawCurve(pen, wide, tall, line())) };
  });
  if (charts.length) {
    const axis = document.createElement("div");
    axis.className = "axis";
    axis.setAttribute("aria-hidden", "true");
    for (const text of [short(epochs[0]), step, short(epochs[n - 1])]) {
      axis.append(Object.assign(document.createElement("span"), { textContent: text }));
    }
    drawn.append(axis);
  }

  const scaleEnd = () => (own.checked ? limits[record] || 1 : limit);
  const words = (r) => {
    if (epochs[r] === 0) return "before the first update";
    return `after ${short(epochs[r])} ${step}${epochs[r] === 1 ? "" : "s"}`;
  };
  const isDead = () => dead[record].includes(chosen);
  const numbersNow = (some) => some.map((chart) => `${chart.title()} ${short(chart.line()[record])}`);

  // All panels of a record in one picture, one below the other.
  const strip = document.createElement("canvas");
  [strip.width, strip.height] = [width, nPanels * height];
  const ofStrip = strip.getContext("2d");
  const image = ofStrip.createImageData(width, nPanels * height);
  const colorRecord = () => {
    const ratio = own.checked ? 1 : limits[record] / limit;
    const zero = signed ? 127 : 0;
    const color = Array.from({ length: 255 }, (_, level) =>
      data.palette[clamp(Math.round(zero + (level - zero) * ratio), 255)],
    );
    const from = record * nPanels * height * width;
    for (let i = 0; i < nPanels * height * width; i += 1) {
      const [red, green, blue] = color[levels[from + i]];
      image.data[4 * i] = red;
      image.data[4 * i + 1] = green;
      image.data[4 * i + 2] = blue;
      image.data[4 * i + 3] = 255;
    }
    ofStrip.putImageData(image, 0, 0);
  };
  const drawPanel = (pen, k, x, y, wide, tall) =>
    pen.drawImage(strip, 0, k * height, width, height, x, y, wide, tall);

  const sizes = (wide) => {
    const columns = Math.min(Math.ceil(Math.sqrt(1.6 * nPanels)), Math.floor(wide / LEAST)) || 1;
    const cell = wide / columns;
    const side = cell - 2 * GAP; // of a picture
    const tall = (side * height) / width;
    return { columns, cell, side, tall, row: LABEL + tall + 2 * GAP };
  };
  const paintGrid = painter(grid, (pen, wide, all) => {
    clear(pen, wide, all);
    const { columns, cell, side, tall, row } = sizes(wide);
    for (let k = 0; k < nPanels; k += 1) {
      const [x, y] = [(k % columns) * cell + GAP, Math.floor(k / columns) * row + LABEL + GAP];
      const isOff = dead[record].includes(k);
      write(pen, isOff ? `${k} dead` : k, x + side / 2, y - 5, "center", isOff || k === chosen ? "bold " : "");
      drawPanel(pen, k, x, y, side, tall);
      pen.strokeStyle = isOff ? "black" : "#bbb";
      pen.lineWidth = 1;
      pen.setLineDash(isOff ? [4, 3] : []);
      pen.strokeRect(x - 0.5, y - 0.5, side + 1, tall + 1);
      pen.setLineDash([]);
      if (k === chosen) drawFrame(pen, PLACE, x - 2, y - 2, side + 4, tall + 4);
    }
  });
  const paintLarge = painter(large, (pen, wide, tall) => drawPanel(pen, chosen, 0, 0, wide, tall));
  const paintBar = painter(bar, (pen, wide, tall) => {
    data.palette.forEach((color, i) => {
      pen.fillStyle = `rgb(${color})`;
      pen.fillRect((i * wide) / 255, 0, wide / 255 + 1, tall);
    });
    if (signed) write(pen, 0, wide / 2, tall - 4, "center");
  });

  function drawCurve(pen, wide, tall, values) {
    clear(pen, wide, tall);
    const known = values.filter((value) => value !== null);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const room = 66; // for the numbers at the right
    const x = (r) => 6 + ((epochs[r] - epochs[0]) / (epochs[n - 1] - epochs[0])) * (wide - room - 12);
    const y = (value) => tall - 7 - ((value - least) / (most - least || 1)) * (tall - 14);
    if (!known.length) return;
    pen.strokeStyle = "#999";
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x(record), 0);
    pen.lineTo(x(record), tall);
    pen.stroke();
    pen.strokeStyle = ROW;
    pen.lineWidth = 2;
    pen.beginPath();
    values.forEach((value, r) => {
      if (value === null) return;
      if (r && values[r - 1] !== null) pen.lineTo(x(r), y(value));
      else pen.moveTo(x(r), y(value));
    });
    pen.stroke();
    write(pen, short(most), wide - room + 6, 13, "left");
    if (least < most) write(pen, short(least), wide - room + 6, tall - 4, "left");
    if (values[record] === null) return;
    pen.fillStyle = PLACE;
    pen.beginPath();
    pen.arc(x(record), y(values[record]), 5, 0, 2 * Math.PI);
    pen.fill();
  }

  const paintAll = () => {
    const { columns, row } = sizes(grid.clientWidth);
    if (grid.clientWidth) grid.style.height = `${Math.ceil(nPanels / columns) * Math.ceil(row)}px`;
    [paintGrid, paintLarge, paintBar, ...charts.map((chart) => chart.paint)].forEach((paint) => paint());
  };
  const show = () => {
    colorRecord();
    const end = scaleEnd();
    slider.value = record;
    slider.setAttribute("aria-valuetext", words(record));
    when.textContent = words(record);
    [low.textContent, high.textContent] = [short(signed ? -end : 0), short(end)];
    const from = signed ? `blue ${short(-end)}, white 0, red` : "dark 0, bright";
    bar.setAttribute("aria-label", `Scale: ${from} ${short(end)}`);
    large.setAttribute("aria-label", `${kind} ${chosen} ${words(record)}`);
    reading.textContent = `${kind} ${chosen}${isDead() ? "\ndead" : ""}\n${words(record)}`;
    charts.forEach((chart) => (chart.caption.textContent = numbersNow([chart])[0]));
    paintAll();
  };
  const speak = () => {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      const state = isDead() ? `, ${kind} ${chosen} is dead` : `, ${kind} ${chosen}`;
      said.textContent = `${[words(record), ...numbersNow(charts)].join(", ")}${state}`;
    }, PAUSE_MS);
  };

  const pause = () => {
    if (playing === null) return;
    clearInterval(playing);
    playing = null;
    play.textContent = "Play";
    speak();
  };
  const next = () => {
    record += 1;
    show();
    if (record === n - 1) pause();
  };
  play.addEventListener("click", () => {
    if (playing !== null) {
      pause();
      return;
    }
    clearTimeout(speaking);
    if (record === n - 1) record = 0; // from the end it starts again
    show();
    play.textContent = "Pause";
    playing = setInterval(next, STEP_MS);
  });
  slider.addEventListener("input", () => {
    pause();
    record = Number(slider.value);
    show();
    speak();
  });
  own.addEventListener("change", show);

  const choose = (k) => {
    if (k < 0 || k >= nPanels) return;
    chosen = k;
    show();
    if (playing === null) speak();
  };
  grid.addEventListener("click", (event) => {
    const box = grid.getBoundingClientRect();
    const { columns, cell, row } = sizes(grid.clientWidth);
    const column = clamp(Math.floor((event.clientX - box.left) / cell), columns);
    choose(Math.floor((event.clientY - box.top) / row) * columns + column);
  });
  grid.addEventListener("keydown", (event) => {
    const direction = directionOf(event);
    if (!direction) return;
    const [down, right] = direction;
    choose(chosen + down * sizes(grid.clientWidth).columns + right);
  });

  large.style.aspectRatio = `${width} / ${height}`;
  show();
  const stop = repaintOnResize(paintAll, grid, large, bar, ...charts.map((chart) => chart.canvas));
  return () => {
    clearInterval(playing);
    clearTimeout(speaking);
    stop();
  };
}

// Three digits, whole numbers as they are, a dash where there is none yet.
function short(number) {
  if (number === null) return "–";
  const size = Math.abs(number);
  const text = Number.isInteger(size) ? String(size) : String(Number(size.toPrecision(3)));
  return number < 0 ? `−${text}` : text;
}

function clear(pen, wide, tall) {
  pen.fillStyle = "white"; // paper, in every theme and with forced colours
  pen.fillRect(0, 0, wide, tall);
}

function write(pen, text, x, y, align, weight = "") {
  pen.font = weight + FONT;
  pen.fillStyle = "black";
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

export default { render };
