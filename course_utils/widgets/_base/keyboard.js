// Put before the module of every widget that is used with the keyboard: see assets.py.

const NO_SHORTCUTS = "data-lm-suppress-shortcuts"; // JupyterLab ignores keys pressed inside it

// In a notebook, plain keys are commands: `d` `d` on a button would delete the cell. Keys with
// Ctrl or Alt, and Shift+Enter, which runs the cell, still reach the notebook. Escape leaves the
// widget. A listener of the widget that needs one of these keys itself calls `preventDefault`.
function guardKeyboard(el) {
  el.setAttribute(NO_SHORTCUTS, "true");
  el.addEventListener("keydown", (event) => {
    if (leaveOnEscape(event)) return;
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!event.defaultPrevented && (command || (event.shiftKey && event.key === "Enter"))) {
      el.removeAttribute(NO_SHORTCUTS);
      setTimeout(() => el.setAttribute(NO_SHORTCUTS, "true"));
      return;
    }
    event.stopPropagation();
  });
}

// Escape moves the focus to the cell that the widget is in: there, keys are commands again. Outside
// a notebook it ends in the widget, and the page hears of it, because it may know where to go.
// Whether this key was one that leaves.
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
