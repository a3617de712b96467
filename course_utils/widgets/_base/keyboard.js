// Put before the module of every widget that is used with the keyboard: see assets.py.

// JupyterLab ignores keys pressed in an element that has this. It has to be the one with the focus:
// JupyterLab searches from there upwards, and most of its keys are meant for whatever has the focus.
const NO_SHORTCUTS = "data-lm-suppress-shortcuts";

// In a notebook, plain keys are commands: `d` `d` on a button would delete the cell. Keys with
// Ctrl or Alt, and Shift+Enter, which runs the cell, still reach the notebook. Escape leaves the
// widget. A listener of the widget that needs one of these keys itself calls `preventDefault`.
function guardKeyboard(el) {
  el.addEventListener("focusin", ({ target }) => target.setAttribute(NO_SHORTCUTS, "true"));
  el.addEventListener("keydown", (event) => {
    if (!event.target.hasAttribute(NO_SHORTCUTS)) return; // the copy below, on its way up
    if (leaveOnEscape(event)) return;
    event.stopPropagation();
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (event.defaultPrevented || !(command || (event.shiftKey && event.key === "Enter"))) return;
    passOn(event);
  });
}

// Notebook 7 and JupyterLite listen on the way down, before any widget does, and have ignored the
// key by now; JupyterLab listens on the way up. All of them get a copy.
function passOn(event) {
  event.target.removeAttribute(NO_SHORTCUTS);
  const copy = new KeyboardEvent(event.type, event);
  if (!event.target.dispatchEvent(copy)) event.preventDefault();
  event.target.setAttribute(NO_SHORTCUTS, "true");
}

// Escape moves the focus to the cell that the widget is in: there, keys are commands again. Outside
// a notebook it ends in the widget, and the page hears of it, because it may know where to go.
// Returns whether this key was one that leaves.
function leaveOnEscape(event) {
  const { altKey, ctrlKey, metaKey, shiftKey, isComposing, defaultPrevented } = event;
  if (event.key !== "Escape" || altKey || ctrlKey || metaKey || shiftKey) return false;
  if (isComposing || defaultPrevented) return false;
  const cell = event.target.closest(".jp-Notebook .jp-Cell");
  if (cell) {
    event.stopPropagation();
    cell.focus({ preventScroll: true });
  } else event.target.blur();
  return true;
}
