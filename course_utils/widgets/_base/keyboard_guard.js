// Guards the keys of the box this widget is in: see keyboard_guard.py.

function render({ el }) {
  el.classList.add("keyboard-guard");
  el.style.display = "none";
  // On the first key press, because the box gets its children only after this runs. At this point
  // the event is still on its way down, so the menu or button handles it before the box does.
  const begin = (event) => {
    const box = el.closest(".widget-vbox");
    if (!box?.contains(event.target)) return;
    document.removeEventListener("keydown", begin, true);
    guardKeyboard(box); // from keyboard.js
    box.addEventListener("keydown", leaveField, true);
  };
  document.addEventListener("keydown", begin, true);
  return () => document.removeEventListener("keydown", begin, true);
}

// The text fields of ipywidgets keep their keys to themselves, so Escape is heard on its way down.
function leaveField(event) {
  if (event.target.matches(".widget-text input, .widget-textarea textarea")) leaveOnEscape(event);
}

export default { render };
