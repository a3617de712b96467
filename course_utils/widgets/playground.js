// The playground of playground.py. Python sends pictures, weights and texts; while the network
// learns, this asks for the next ones once the last are painted. The functions for canvases are in
// canvas.js.

const STEPS = 2; // of training, from one picture to the next
const PACE = 40; // milliseconds, at least
const [TRAINING, TEST] = [ROW, PLACE]; // colours of the two curves
const [CIRCLE, TRIANGLE] = ["#0b3d6b", "#7a0c1e"];
const MARGIN = { left: 24, bottom: 20, top: 6, right: 6 }; // around the plane, for its axes
const AROUND_CURVES = { left: 34, bottom: 20, top: 8, right: 8 };
const NAMES = {
  data: "data", noise: "noise", test_share: "test share",
  activation: "activation", alpha: "alpha", learning_rate: "learning rate",
};
const MARKUP = `
  <div class="bar">
    <button type="button" class="play">Play</button>
    <button type="button" class="step">One step</button>
    <button type="button" class="again">Start again</button>
    <span class="menus-of-data"></span>
    <label>seed <input type="number" class="seed" min="0" max="4294967295" step="1" required></label>
  </div>
  <div class="bar">
    <fieldset class="features"><legend>inputs</legend></fieldset>
    <fieldset class="shape"><legend>hidden units</legend></fieldset>
    <span class="menus-of-network"></span>
  </div>
  <div class="body">
    <div class="left">
      <div class="network" role="radiogroup" aria-label="Units of the network"></div>
      <div class="legend">
        <span>lines: weights <b class="low-weight"></b> <canvas class="wedge" aria-hidden="true"></canvas>
          <b class="high-weight"></b></span>
        <span>pictures: <b class="low"></b> <canvas class="ramp" aria-hidden="true"></canvas>
          <b class="high"></b> output: 0 to 1</span>
      </div>
    </div>
    <div class="right">
      <div class="chosen">
        <figure><figcaption></figcaption><canvas class="plane" role="img"></canvas></figure>
        <table class="weights"><caption></caption><tbody></tbody></table>
      </div>
      <div class="key">● ▲ training, ○ △ test; black line: sum 0</div>
      <div class="learning">
        <canvas class="curves" role="img" aria-label="Training and test loss by step, in numbers beside it"></canvas>
        <table class="scores">
          <thead><tr><th class="at" scope="col"></th><th scope="col">loss</th><th scope="col">accuracy</th></tr></thead>
          <tbody>
            <tr><th scope="row"><i class="solid"></i>training</th><td></td><td></td></tr>
            <tr><th scope="row"><i class="dashed"></i>test</th><td></td><td></td></tr>
          </tbody>
        </table>
      </div>
    </div>
  </div>
  <p class="sentence"></p>
  <div class="bar">
    <label class="of-call">this state <textarea class="call" rows="1" readonly spellcheck="false"></textarea></label>
    <button type="button" class="copy">Copy</button>
  </div>
  <p class="status" role="status"></p>`;

function render({ model, el }) {
  const fixed = model.get("_fixed");
  const { side, fine, edge } = fixed;
  const [colors, strong] = [opaque(bytesOf(fixed.colors)), opaque(bytesOf(fixed.strong))];
  el.classList.add("playground");
  guardKeyboard(el); // from keyboard.js
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Playground");
  el.innerHTML = MARKUP;
  const [playButton, stepButton, againButton, seed, features, shape, network, plane, curves, wedge, ramp,
    call, copy, status] = parts(
    el, "play", "step", "again", "seed", "features", "shape", "network", "plane", "curves", "wedge", "ramp",
    "call", "copy", "status",
  );
  const lines = document.createElement("canvas");
  lines.setAttribute("aria-hidden", "true");
  let [setup, state] = [model.get("_setup"), model.get("_state")];
  let nodes = []; // for each layer, its elements

  // What is asked of Python, and whether it plays

  const me = Math.random(); // two views of one widget tell their answers apart
  let [asked, waiting, playing, visible, lastAsked, timer] = [0, null, false, true, 0, null];
  const ask = (message) => {
    asked += 1;
    const id = `${me}-${asked}`;
    model.send({ ...message, id });
    return id;
  };
  const next = () => {
    timer = null;
    if (!playing || !visible || waiting !== null) return;
    lastAsked = performance.now();
    waiting = ask({ do: "train", steps: STEPS });
  };
  const play = (start) => {
    playing = start;
    playButton.textContent = playing ? "Pause" : "Play";
    waiting = null; // the answer to an old question is shown, but asks for no more
    if (playing) next();
  };
  const say = (text) => (status.textContent = text);
  let speaking = null; // what is said when its answer is here
  const saying = (message, tell) => (speaking = [ask(message), tell]);

  playButton.addEventListener("click", () => {
    const last = waiting; // the picture that was asked for still comes
    play(!playing);
    const paused = () => `Paused. ${state.summary}`;
    speaking = !playing && last !== null ? [last, paused] : null;
    if (playing) say("Playing.");
    else if (speaking === null) say(paused());
  });
  stepButton.addEventListener("click", () => {
    play(false);
    saying({ do: "train", steps: 1 }, () => state.summary);
  });
  againButton.addEventListener("click", () => {
    play(false);
    saying({ do: "restart" }, () => `Started again. ${state.summary}`);
  });
  const set = (name, value) => {
    play(false);
    saying({ do: "set", name, value }, () => `A new network. ${state.summary}`);
  };
  const choose = (layer, number) => {
    saying({ do: "choose", unit: [layer, number] }, () => state.sentence);
  };
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(call.value);
      say("Copied.");
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy"), 1500);
    } catch { // a page that is not secure has no clipboard
      call.select();
      say("Selected: copy it with Control C.");
    }
  });

  // Settings

  const menus = {};
  for (const [name, label] of Object.entries(NAMES)) {
    const box = el.querySelector(["data", "noise", "test_share"].includes(name) ? ".menus-of-data" : ".menus-of-network");
    box.insertAdjacentHTML("beforeend", `<label>${label} <select class="${name}"></select></label>`);
    menus[name] = box.lastChild.firstElementChild;
    menus[name].append(...fixed.menus[name].map(([value, text]) => new Option(text, value)));
    menus[name].addEventListener("change", () => {
      const { value } = menus[name];
      set(name, Number.isNaN(Number(value)) ? value : Number(value));
    });
  }
  seed.addEventListener("change", () => seed.checkValidity() && set("seed", Number(seed.value)));
  for (const [name, label] of fixed.features) {
    features.insertAdjacentHTML("beforeend", `<label><input type="checkbox" value="${name}"> ${label}</label>`);
  }
  features.addEventListener("change", ({ target }) => {
    const checked = [...features.querySelectorAll(":checked")].map(({ value }) => value);
    if (checked.length) return set("features", checked);
    target.checked = true;
    say("A network needs an input.");
  });
  for (let layer = 1; layer <= fixed.layers; layer += 1) {
    const menu = document.createElement("select");
    menu.setAttribute("aria-label", `hidden units in layer ${layer}`);
    menu.append(...[...Array(fixed.units + 1).keys()].map((n) => new Option(n || "none", n)));
    menu.addEventListener("change", () => {
      const sizes = [...shape.querySelectorAll("select")].map(({ value }) => Number(value));
      const end = sizes.indexOf(0);
      set("hidden", end < 0 ? sizes : sizes.slice(0, end));
    });
    shape.append(menu);
  }
  const showSettings = () => {
    const { settings } = setup;
    for (const [name, menu] of Object.entries(menus)) {
      const value = String(settings[name]);
      // A call may give a number that is not offered.
      if (![...menu.options].some((option) => option.value === value)) menu.append(new Option(value, value));
      menu.value = value;
    }
    if (document.activeElement !== seed) seed.value = settings.seed; // not what is being typed
    for (const box of features.querySelectorAll("input")) box.checked = settings.features.includes(box.value);
    shape.querySelectorAll("select").forEach((menu, i) => {
      menu.value = settings.hidden[i] ?? 0;
      menu.disabled = i > settings.hidden.length;
    });
  };

  // The network: one element for each unit, lines behind them

  const rebuild = () => {
    // Not while the answer to a later change is still to come: it would undo that change.
    if (speaking === null || speaking[0] === state.reply) showSettings();
    const { names, settings } = setup;
    const last = names.length - 1;
    network.style.setProperty("--node", `${nodeSide(names)}px`);
    nodes = names.map((layer, l) => layer.map((name, i) => newNode(name, labelOf(l, i, last, settings, fixed), l, i)));
    const titles = names.map((_, l) => (l === 0 ? "inputs" : l === last ? "output" : `layer ${l}`));
    network.replaceChildren(lines, ...nodes.map((layer, l) => {
      const column = document.createElement("div");
      column.className = "layer";
      column.innerHTML = `<span class="title">${titles[l]}</span><div class="units"></div>`;
      column.lastChild.append(...layer);
      return column;
    }));
  };
  const newNode = (name, label, layer, i) => {
    const node = document.createElement("div");
    node.className = "unit";
    node.setAttribute("role", "radio");
    node.setAttribute("aria-label", name);
    node.innerHTML = `<canvas width="${side}" height="${side}"></canvas><span>${label}</span>`;
    node.addEventListener("click", () => {
      node.focus({ preventScroll: true });
      choose(layer, i + 1);
    });
    return node;
  };
  network.addEventListener("keydown", (event) => {
    const direction = directionOf(event);
    if (!direction) return;
    const [down, right] = direction;
    const l = nodes.findIndex((layer) => layer.includes(event.target));
    if (l < 0) return;
    const to = clamp(l + right, nodes.length);
    const i = nodes[l].indexOf(event.target);
    // In another layer, the unit that is at the same height.
    const level = right ? Math.floor(((i + 0.5) / nodes[l].length) * nodes[to].length) : i + down;
    const target = nodes[to][clamp(level, nodes[to].length)];
    if (target !== event.target) target.click();
  });

  // What changes with each picture

  const paintLines = painter(lines, (pen, wide, tall) => {
    const box = lines.getBoundingClientRect();
    const scale = wide / box.width || 1;
    const ends = nodes.map((layer) => layer.map((node) => {
      const { left, right, top, height } = node.getBoundingClientRect();
      return [(left - box.left) * scale, (right - box.left) * scale, (top + height / 2 - box.top) * (tall / box.height)];
    }));
    state.weights.forEach((bytes, l) => {
      const weights = floatsOf(bytes);
      // The strongest last, above the others.
      const order = [...weights.keys()].sort((a, b) => Math.abs(weights[a]) - Math.abs(weights[b]));
      for (const i of order) {
        const [from, to] = [ends[l][Math.floor(i / ends[l + 1].length)], ends[l + 1][i % ends[l + 1].length]];
        const share = weights[i] / (state.largest || 1);
        pen.strokeStyle = lineColor(strong, share);
        pen.lineWidth = widthOf(share);
        const [x0, x1, middle] = [from[1], to[0], (from[1] + to[0]) / 2];
        pen.beginPath();
        pen.moveTo(x0, from[2]);
        pen.bezierCurveTo(middle, from[2], middle, to[2], x1, to[2]);
        pen.stroke();
      }
    });
  });
  const paintWedge = painter(wedge, (pen, wide, tall) => {
    for (let x = 0; x < wide; x += 1) {
      const share = (2 * (x + 0.5)) / wide - 1;
      pen.fillStyle = lineColor(strong, share);
      pen.fillRect(x, (tall - widthOf(share)) / 2, 1.2, widthOf(share));
    }
  });
  const paintRamp = painter(ramp, (pen, wide, tall) => {
    for (let x = 0; x < wide; x += 1) {
      pen.fillStyle = cssColor(colors, (2 * (x + 0.5)) / wide - 1);
      pen.fillRect(x, 0, 1.2, tall);
    }
  });
  const large = document.createElement("canvas");
  [large.width, large.height] = [fine, fine];
  const paintPlane = painter(plane, (pen, wide, tall) => {
    const { left, bottom, top, right } = MARGIN;
    const [w, h] = [wide - left - right, tall - top - bottom];
    const [X, Y] = [(x) => left + ((x / edge + 1) / 2) * w, (y) => top + ((1 - y / edge) / 2) * h];
    pen.imageSmoothingEnabled = true;
    fillPicture(large, bytesOf(state.large), colors);
    pen.drawImage(large, left, top, w, h);
    axes(pen, [left, top, w, h], [-1, 0, 1].map((x) => [X(x), minus(x)]), [-1, 0, 1].map((y) => [Y(y), minus(y)]));
    const sums = floatsOf(state.boundary);
    if (sums.length) {
      pen.beginPath();
      const place = (i) => (i + 0.5) / fine; // of a row or a column
      zeroLine(sums, fine, (column, row) => [left + place(column) * w, top + place(row) * h]).forEach(([a, b]) => {
        pen.moveTo(...a);
        pen.lineTo(...b);
      });
      pen.strokeStyle = "black";
      pen.lineWidth = 2.5;
      pen.stroke();
    }
    for (const [part, r] of [["test", 3.2], ["training", 4]]) {
      const [places, labels] = setup.points[part];
      const [xy, y] = [floatsOf(places), bytesOf(labels)];
      const isTest = part === "test";
      y.forEach((label, i) => {
        pen.beginPath();
        mark(pen, label, X(xy[2 * i]), Y(xy[2 * i + 1]), r);
        [pen.fillStyle, pen.strokeStyle] = [label ? TRIANGLE : CIRCLE, "white"];
        pen.lineWidth = 1;
        if (isTest) [pen.fillStyle, pen.strokeStyle] = ["white", pen.fillStyle];
        pen.fill();
        pen.stroke();
      });
    }
  });
  const paintCurves = painter(curves, (pen, wide, tall) => {
    const at = floatsOf(state.at);
    const both = floatsOf(state.curves);
    const { left, bottom, top, right } = AROUND_CURVES;
    const [w, h] = [wide - left - right, tall - top - bottom];
    const [end, highest] = [Math.max(100, at.at(-1)), Math.max(0.75, ...both) * 1.05];
    const [X, Y] = [(step) => left + (step / end) * w, (loss) => top + (1 - loss / highest) * h];
    const round = [0.5, 1, 2, 5, 10, 20, 50, 100].findLast((number) => number < highest) ?? 0.5;
    axes(pen, [left, top, w, h], [[X(0), "0"], [X(end) - 12, String(end)]], [[Y(0), "0"], [Y(round), String(round)]]);
    pen.textAlign = "center";
    pen.fillText("step", left + w / 2, tall - 5);
    pen.lineWidth = 2.5;
    [[TRAINING, []], [TEST, [6, 3]]].forEach(([color, dash], curve) => {
      pen.beginPath();
      at.forEach((step, i) => pen.lineTo(X(step), Y(both[curve * at.length + i])));
      pen.strokeStyle = color;
      pen.setLineDash(dash);
      pen.stroke();
      if (at.length === 1) pen.strokeRect(X(0), Y(both[curve]), 2, 1);
    });
    pen.setLineDash([]);
  });

  const write = (name, text) => {
    const part = el.querySelector(name);
    if (part.textContent !== text) part.textContent = text;
  };
  const paintAll = () => [paintLines, paintPlane, paintCurves, paintWedge, paintRamp].forEach((paint) => paint());
  const show = () => {
    const [layer, number] = state.unit;
    const pictures = bytesOf(state.pictures);
    nodes.flat().forEach((node, i) => fillPicture(
      node.firstChild, pictures.subarray(i * side * side, (i + 1) * side * side), colors,
    ));
    nodes.forEach((units, l) => units.forEach((node, i) => {
      const isChosen = l === layer && i === number - 1;
      node.setAttribute("aria-checked", isChosen);
      node.tabIndex = isChosen ? 0 : -1;
    }));
    const name = setup.names[layer][number - 1];
    write("figcaption", name);
    plane.setAttribute("aria-label", `The plane with the points, in colours what the ${name} says`);
    write(".weights caption", layer ? "weights into it" : "");
    const table = el.querySelector(".weights tbody");
    while (table.children.length < state.rows.length) {
      table.insertAdjacentHTML("beforeend", `<tr><th scope="row"></th><td></td><td><i class="weight"></i></td></tr>`);
    }
    while (table.children.length > state.rows.length) table.lastChild.remove();
    state.rows.forEach(([source, value], i) => {
      const [from, inNumbers, line] = table.children[i].children;
      [from.textContent, inNumbers.textContent] = [source, minus(value, 2)];
      const share = value / (state.largest || 1);
      line.firstChild.style.height = source === "bias" ? "0" : `${widthOf(share)}px`;
      line.firstChild.style.background = lineColor(strong, share);
    });
    el.querySelectorAll(".scores tbody tr").forEach((row, i) => {
      [row.children[1].textContent, row.children[2].textContent] = state.scores[i];
    });
    write(".at", `step ${state.step.toLocaleString("en")}`);
    write(".low-weight", minus(-state.largest, 1));
    write(".high-weight", minus(state.largest, 1));
    write(".low", `≤ −${state.limit}`);
    write(".high", `≥ ${state.limit}`);
    write(".sentence", state.sentence);
    if (call.value !== state.call) call.value = state.call;
    call.style.height = "auto"; // as many lines as it takes
    if (call.scrollHeight) call.style.height = `${call.scrollHeight + 2}px`;
    paintAll();
  };
  const update = () => {
    state = model.get("_state");
    if (model.get("_setup") !== setup) {
      setup = model.get("_setup");
      rebuild();
    }
    show();
    if (speaking?.[0] === state.reply) {
      say(speaking[1]());
      speaking = null;
      showSettings(); // an answer before this one may have brought a new network
    }
    if (playing && state.step >= fixed.steps) {
      play(false);
      say(`Stopped after ${state.step} steps, the most there are. ${state.summary}`);
    }
    if (state.reply !== waiting) return;
    waiting = null;
    requestAnimationFrame(() => { // after this picture is painted; never in a hidden tab
      timer ??= setTimeout(next, Math.max(0, lastAsked + PACE - performance.now()));
    });
  };
  rebuild();
  show();
  model.on("change:_state", update);
  const stopRepainting = repaintOnResize(show, network, plane, curves);
  const watch = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
    next();
  });
  watch.observe(el);
  return () => {
    playing = false;
    clearTimeout(timer);
    watch.disconnect();
    stopRepainting();
    model.off("change:_state", update);
  };
}

// As large as the fullest layer allows, and as many layers side by side.
function nodeSide(names) {
  const most = Math.max(...names.map(({ length }) => length));
  if (most > 6) return 36;
  return most > 4 || names.length > 4 ? 48 : 64;
}

function labelOf(layer, i, last, settings, fixed) {
  if (layer === last) return "";
  return layer ? i + 1 : fixed.features.find(([name]) => name === settings.features[i])[1];
}

// The frame of a plane, with numbers below and on the left.
function axes(pen, [left, top, width, height], below, beside) {
  pen.strokeStyle = "#666";
  pen.lineWidth = 1;
  pen.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  pen.font = "13px sans-serif";
  pen.fillStyle = "black";
  pen.textBaseline = "alphabetic";
  pen.textAlign = "center";
  for (const [x, text] of below) pen.fillText(text, x, top + height + 15);
  pen.textAlign = "right";
  for (const [y, text] of beside) pen.fillText(text, left - 5, y + 4);
}

// A circle for class 0, a triangle for class 1.
function mark(pen, label, x, y, r) {
  if (!label) return pen.arc(x, y, r, 0, 7);
  pen.moveTo(x, y - 1.2 * r);
  pen.lineTo(x + 1.1 * r, y + 0.8 * r);
  pen.lineTo(x - 1.1 * r, y + 0.8 * r);
  pen.closePath();
}

// Where values on a grid pass through zero: pieces of a line, one or two for each cell.
function zeroLine(values, n, place) {
  const pieces = [];
  const sides = [[0, 0, 1, 0], [1, 0, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]]; // of a cell
  for (let row = 0; row < n - 1; row += 1) {
    for (let column = 0; column < n - 1; column += 1) {
      const ends = [];
      for (const [x0, y0, x1, y1] of sides) {
        const [a, b] = [values[(row + y0) * n + column + x0], values[(row + y1) * n + column + x1]];
        if (a < 0 === b < 0) continue;
        const t = a / (a - b);
        ends.push(place(column + x0 + t * (x1 - x0), row + y0 + t * (y1 - y0)));
      }
      for (let i = 0; i + 1 < ends.length; i += 2) pieces.push([ends[i], ends[i + 1]]);
    }
  }
  return pieces;
}

// Red, green and blue as the four bytes of a pixel.
function opaque(bytes) {
  const pixels = new Uint8ClampedArray((bytes.length / 3) * 4).fill(255);
  bytes.forEach((byte, i) => (pixels[4 * Math.floor(i / 3) + (i % 3)] = byte));
  return new Uint32Array(pixels.buffer);
}

// A weak line is pale, but not white.
const lineColor = (colors, share) => cssColor(colors, Math.sign(share) * (0.3 + 0.7 * Math.abs(share)));
const cssColor = (colors, share) => {
  const bytes = new Uint8Array(colors.buffer, 4 * clamp(Math.round(127.5 * (share + 1)), 256), 3);
  return `rgb(${bytes.join(" ")})`;
};
const widthOf = (share) => 0.75 + 8 * Math.abs(share); // of a line, in pixels
const floatsOf = (bytes) => new Float32Array(bytesOf(bytes).slice().buffer); // slice: aligned

export default { render };
