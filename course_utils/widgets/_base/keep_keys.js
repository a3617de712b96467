// Set before the module of each widget that is moved by keys: see keys.py.

const NO_SHORTCUTS = "data-lm-suppress-shortcuts"; // JupyterLab leaves keys under it alone

// In a notebook plain keys are commands: `d` `d` on a button would delete the cell. Those with
// Ctrl or Alt, and Shift+Enter, which runs the cell, still reach the notebook, unless a listener
// of the widget took them (`preventDefault`).
function keepKeys(el) {
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
