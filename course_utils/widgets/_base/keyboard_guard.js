// Guards the keys of the box this widget is in: see keyboard_guard.py.

function render({ el }) {
  el.classList.add("keyboard-guard");
  el.style.display = "none";
  // Once one of its controls gets the focus, because the box gets its children only after this runs.
  const begin = ({ target }) => {
    const box = el.closest(".widget-vbox");
    if (!box?.contains(target)) return;
    document.removeEventListener("focusin", begin, true);
    guardKeyboard(box); // from keyboard.js; the event is still on its way to the box
    box.addEventListener("keydown", leaveField, true);
  };
  document.addEventListener("focusin", begin, true);
  return () => document.removeEventListener("focusin", begin, true);
}

// The text fields of ipywidgets keep their keys to themselves, so Escape is heard on its way down.
function leaveField(event) {
  if (event.target.matches(".widget-text input, .widget-textarea textarea")) leaveOnEscape(event);
}

export default { render };
