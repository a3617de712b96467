// The pad of digit_pad.py: sends strokes to Python and shows the image that Python makes of them.
// The strokes are drawn here too: ink has to follow the hand without waiting for the kernel.

const SIDE = 280; // CSS pixels
const PIXELS = 28; // side of the image
const STEP = 1 / PIXELS; // of the cursor
const FAR = 4; // steps with Shift
const INTERVAL = 1000 / 30; // milliseconds between two messages to Python
// Home, Page Up, End and Page Down are the corners of a numeric keypad, so they move diagonally.
const MOVES = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};
const MARKUP = `
  <div class="board">
    <canvas class="paper" tabindex="0" role="application" aria-roledescription="drawing pad"
      aria-label="Draw a digit here. Arrow keys move the cursor, with Shift further, Home,
        Page Up, End and Page Down diagonally. Space lowers and lifts the pen. Delete clears.
        Escape leaves the pad."
    ></canvas>
    <div class="controls">
      <button type="button" class="undo">Undo</button>
      <button type="button" class="clear">Clear</button>
      <label>Brush <input type="range" class="brush" min="1" max="5" step="0.5"></label>
    </div>
  </div>
  <div class="seen">
    <canvas class="picture" width="${PIXELS}" height="${PIXELS}" role="img"></canvas>
    <div>
      <label><input type="checkbox" class="preprocessed"> prepare as MNIST</label>
      <div class="notes">
        <p class="note"></p>
        <p class="keys" aria-hidden="true">Arrows move, Space lowers and lifts the pen, Delete clears,
          Escape leaves.</p>
      </div>
      <p class="status" role="status"></p>
    </div>
  </div>`;

function render({ model, el }) {
  el.classList.add("digit-pad");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Drawing pad");
  el.innerHTML = MARKUP;
  const [paper, undoButton, clearButton, brush, picture, preprocessed, note, status] = [
    "paper", "undo", "clear", "brush", "picture", "preprocessed", "note", "status",
  ].map((name) => el.querySelector(`.${name}`));
  let pointer = null; // the id of the mouse button, finger or pen that is drawing
  let cursor = null; // position of the keys' pen; null until keys are used
  let penIsDown = false; // whether the keys' pen is drawing
  const cleared = []; // what each Clear took, for Undo

  // To Python, at most 30 times a second, but always the last state.
  let timer = null;
  let sentAt = -INTERVAL;
  const send = () => {
    timer = null;
    sentAt = performance.now();
    model.save_changes();
  };
  const change = (name, value) => {
    model.set(name, value);
    const wait = sentAt + INTERVAL - performance.now();
    if (wait <= 0 && timer === null) send();
    else timer ??= setTimeout(send, wait);
  };

  const begin = (point) => change("strokes", [...model.get("strokes"), [point]]);
  const extend = (points) => {
    const strokes = model.get("strokes");
    if (strokes.length) change("strokes", [...strokes.slice(0, -1), [...strokes.at(-1), ...points]]);
  };
  const lift = () => {
    penIsDown = false;
    pointer = null;
    paint();
  };
  const undo = () => {
    const strokes = model.get("strokes");
    lift();
    if (strokes.length) {
      change("strokes", strokes.slice(0, -1));
      status.textContent = `Undone: ${count(strokes.length - 1)} left.`;
    } else if (cleared.length) {
      change("strokes", cleared.pop());
      status.textContent = `Undone: ${count(model.get("strokes").length)} back.`;
    } else status.textContent = "Nothing to undo.";
  };
  const clear = () => {
    const strokes = model.get("strokes");
    if (strokes.length) cleared.push(strokes);
    lift();
    change("strokes", []);
    status.textContent = "Cleared.";
  };

  // Mouse, finger and pen
  const place = (event) => {
    const box = paper.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map(onPad);
  };
  const down = (event) => {
    if (pointer !== null || event.button !== 0) return;
    paper.focus({ preventScroll: true });
    cursor = null;
    lift();
    pointer = event.pointerId;
    paper.setPointerCapture(pointer); // a stroke may leave the pad and come back
    begin(place(event));
  };
  const move = (event) => {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents?.() ?? []; // all points since the last frame
    extend((passed.length ? passed : [event]).map(place));
  };
  const up = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    status.textContent = `${count(model.get("strokes").length)} drawn.`;
  };

  // Keys
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in MOVES) moveCursor(MOVES[event.key], event.shiftKey ? FAR : 1);
    else if (event.key === " ") event.repeat || togglePen();
    else if (event.key === "Delete" || event.key === "Backspace") clear();
    else if (event.key === "Escape" && penIsDown) togglePen(); // the next one leaves the pad
    else if (event.key === "Escape" && pointer !== null) up({ pointerId: pointer });
    else return;
    event.preventDefault(); // or Space and the arrows scroll the page
  };
  const moveCursor = ([right, below], steps) => {
    const [x, y] = cursor ?? [0.5, 0.5];
    cursor = [onPad(x + right * steps * STEP), onPad(y + below * steps * STEP)];
    if (penIsDown) extend([cursor]);
    sayWhere();
  };
  const togglePen = () => {
    cursor ??= [0.5, 0.5];
    penIsDown = !penIsDown;
    if (penIsDown) begin(cursor);
    sayWhere();
  };
  const sayWhere = () => {
    const [column, row] = cursor.map((part) => Math.round(part * PIXELS));
    status.textContent = `Pen ${penIsDown ? "down" : "up"} at column ${column}, row ${row} of ${PIXELS}.`;
    paint();
  };

  // Painting
  const paint = () => {
    const scale = SIDE * (window.devicePixelRatio || 1);
    if (paper.width !== Math.round(scale)) paper.width = paper.height = Math.round(scale);
    const pen = paper.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, 1, 1);
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = model.get("brush") / PIXELS;
    for (const stroke of model.get("strokes")) {
      pen.beginPath();
      pen.arc(...stroke[0], pen.lineWidth / 2, 0, 2 * Math.PI); // a line of one point is not painted
      pen.fill();
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      stroke.forEach((point) => pen.lineTo(...point));
      pen.stroke();
    }
    const byKeys = cursor !== null && paper.matches(":focus");
    el.classList.toggle("by-keys", byKeys);
    if (byKeys) {
      pen.beginPath();
      pen.arc(...cursor, pen.lineWidth / 2 + 0.01, 0, 2 * Math.PI);
      for (const [color, width] of [["white", 0.02], [penIsDown ? "#c00000" : "#0050c0", 0.01]]) {
        pen.strokeStyle = color; // a white rim, so that the cursor shows on ink
        pen.lineWidth = width;
        pen.stroke();
      }
      pen.strokeStyle = "black";
    }
  };
  const showPicture = () => {
    const bytes = model.get("_pixels"); // a DataView
    const levels = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const pen = picture.getContext("2d");
    const shown = pen.createImageData(PIXELS, PIXELS);
    levels.forEach((level, i) => shown.data.set([255 - level, 255 - level, 255 - level, 255], 4 * i));
    pen.putImageData(shown, 0, 0);
    const inked = levels.filter((level) => level > 0).length;
    picture.setAttribute("aria-label", `What the network gets: 28 by 28 pixels, ${inked} of them with ink.`);
  };
  const showSettings = () => {
    brush.value = model.get("brush");
    brush.setAttribute("aria-valuetext", `${brush.value} of 28 pixels`);
    preprocessed.checked = model.get("preprocessed");
    note.textContent = preprocessed.checked
      ? "What the network gets: your strokes in 20 × 20 pixels, drawn with one pen for every brush, their centre of mass in the middle of 28 × 28."
      : "What the network gets: the pad scaled down to 28 × 28 pixels, as it stands.";
    paint();
  };

  paper.addEventListener("pointerdown", down);
  paper.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) paper.addEventListener(name, up);
  paper.addEventListener("keydown", key);
  paper.addEventListener("focus", () => {
    if (paper.matches(":focus-visible")) cursor ??= [0.5, 0.5]; // reached with a key
    paint();
  });
  paper.addEventListener("blur", () => {
    penIsDown = false;
    paint();
  });
  undoButton.addEventListener("click", undo);
  clearButton.addEventListener("click", clear);
  brush.addEventListener("input", () => change("brush", Number(brush.value)));
  preprocessed.addEventListener("change", () => change("preprocessed", preprocessed.checked));
  el.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    undo();
  });
  guardKeyboard(el); // from keyboard.js; after the listener above, which keeps Ctrl+Z for the pad

  const listeners = {
    "change:strokes": paint, "change:_pixels": showPicture,
    "change:brush": showSettings, "change:preprocessed": showSettings,
  };
  for (const [name, listener] of Object.entries(listeners)) model.on(name, listener);
  showSettings();
  showPicture();
  return () => {
    for (const [name, listener] of Object.entries(listeners)) model.off(name, listener);
  };
}

function onPad(number) {
  return Math.round(Math.min(1, Math.max(0, number)) * 1e4) / 1e4;
}

function count(n) {
  return `${n} ${n === 1 ? "stroke" : "strokes"}`;
}

export default { render };
