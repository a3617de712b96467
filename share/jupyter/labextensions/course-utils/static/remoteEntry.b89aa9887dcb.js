// An extension of JupyterLab, Notebook 7 and JupyterLite: where the kernel of a widget is gone, the
// learner sees that, and what to do.
//
// A notebook that is opened again has, for each widget, the picture that was saved with it. ipywidgets
// takes such an output, and writes "model not found"; here the picture is shown in its place. If the
// kernel ends while the widget is on the page, a sentence is put above it.
//
// There is no build step: the last lines are what JupyterLab loads, a container of module federation.

const WIDGET = "application/vnd.jupyter.widget-view+json";
const HTML = "text/html"; // the static fallback; a widget without one is left alone
// What ipywidgets writes while it has no kernel to ask, and if the kernel does not know the widget.
// Its other messages are about a widget that the kernel has.
const ABSENT = ["Loading widget...", "Error displaying widget: model not found"];
const ENDS = ["restarting", "autorestarting", "terminating", "dead"];
const GONE = "The kernel was restarted or shut down. Run this cell again.";

function extend(panel) {
  const { rendermime } = panel.content;
  const { sessionContext } = panel;
  const live = new Set(); // renderers

  function showFallbacks(renderer) {
    const { node } = renderer;
    const renderWidget = renderer.renderModel.bind(renderer);
    const isAbsent = () => ABSENT.includes(node.textContent);

    async function showFallback(model) {
      if (!isAbsent()) return;
      const fallback = rendermime.createRenderer(HTML);
      renderer.disposed.connect(() => fallback.dispose());
      await fallback.renderModel(model);
      if (!isAbsent()) return; // the widget came in the meantime
      renderer.removeClass("jupyter-widgets");
      node.replaceChildren(fallback.node);
    }

    // ipywidgets calls this again when it has a kernel, and empties the node.
    renderer.renderModel = async (model) => {
      const rendered = renderWidget(model);
      if (!model.data[HTML]) return rendered;
      if (!sessionContext.session?.kernel) await showFallback(model);
      await rendered;
      await showFallback(model);
      if (!renderer.isDisposed) live.add(renderer);
    };
    renderer.disposed.connect(() => live.delete(renderer));
  }

  const createRenderer = rendermime.createRenderer.bind(rendermime);
  rendermime.createRenderer = (mimeType) => {
    const renderer = createRenderer(mimeType);
    if (mimeType === WIDGET) showFallbacks(renderer);
    return renderer;
  };

  function sayItIsGone() {
    for (const { node, widgets } of live) {
      if (!widgets.length || node.firstChild.textContent === GONE) continue;
      const said = document.createElement("p");
      said.append(Object.assign(document.createElement("em"), { textContent: GONE }));
      node.prepend(said);
    }
  }

  sessionContext.statusChanged.connect((_, status) => {
    if (ENDS.includes(status)) sayItIsGone();
  });
  sessionContext.kernelChanged.connect((_, { oldValue }) => {
    if (oldValue) sayItIsGone();
  });
}

const plugin = {
  id: "course-utils:static-fallback",
  autoStart: true,
  activate: (app) => app.docRegistry.addWidgetExtension("Notebook", { createNew: extend }),
};

window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["course-utils"] = {
  init: () => {},
  get: async () => () => ({ __esModule: true, default: plugin }),
};
