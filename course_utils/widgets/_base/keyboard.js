// Put before the module of every widget that is used with the keyboard: see assets.py.

const NO_SHORTCUTS = "data-lm-suppress-shortcuts"; // JupyterLab ignores keys pressed inside it

// In a notebook, plain keys are commands: `d` `d` on a button would delete the cell. Keys with
// Ctrl or Alt, and Shift+Enter, which runs the cell, still reach the notebook unless a listener
// of the widget handled them (`preventDefault`).
function guardKeyboard(el) {
  el.setAttribute(NO_SHORTCUTS, "true");
  el.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!event.defaultPrevented && (command || (event.shiftKey && event.key === "Enter"))) {
      el.removeAttribute(NO_SHORTCUTS);
      setTimeout(() => el.setAttribute(NO_SHORTCUTS, "true"));
      return;
    }
    event.stopPropagation();
  });
}
