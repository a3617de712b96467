// Shown in the notebook while a network trains: the picture, and a button that stops the training.

function render({ model, el }) {
  el.classList.add("training-figure");
  el.innerHTML = `<button type="button">Stop training</button><div></div>`;
  const [button, picture] = el.children;

  // The same signal as the ■ in the toolbar: it reaches a kernel that is busy. Where a page cannot
  // send it (a browser tab, VS Code), a button would do nothing, so there is none.
  const kernel = model.get("stoppable") && model.widget_manager?.kernel;
  button.hidden = !kernel;
  button.addEventListener("click", () => {
    kernel.interrupt();
    button.disabled = true;
    button.textContent = "Stopping …";
  });

  const show = () => (picture.innerHTML = model.get("picture"));
  guardKeyboard(el); // from keyboard.js
  model.on("change:picture", show);
  show();
  return () => model.off("change:picture", show);
}

export default { render };
