// An extension of JupyterLite: where a learner's saved copy of a lesson is older than the lesson, it
// says so, and offers the new one.
//
// JupyterLite keeps what a learner saves in the browser, and opens that copy instead of the lesson on
// the server. tools/lite.py writes into each lesson a checksum of what its cells say, and a copy keeps
// that of the lesson it was made from.
//
// There is no build step: the last lines are what JupyterLab loads, a container of module federation.
// It loads scripts, not modules: the block keeps these names from those of other extensions.
{
  const OPEN = "Open the new one";
  const KEEP = "Go on with mine";
  const STYLE = `
  .course-release > div { align-items: center; background: var(--jp-layout-color2);
    border-bottom: var(--jp-border-width) solid var(--jp-border-color1);
    border-left: 4px solid var(--jp-brand-color1); color: var(--jp-ui-font-color1); display: flex;
    flex-wrap: wrap; font-size: 14px; gap: 8px 16px; line-height: 1.4; padding: 8px 12px; }
  .course-release p { flex: 1 1 20em; margin: 0; }
  .course-release button { background: var(--jp-layout-color1); border: 1px solid currentColor;
    border-radius: 3px; color: inherit; cursor: pointer; font: inherit; margin-right: 8px;
    padding: 4px 12px; }
  .course-release button:hover { background: var(--jp-layout-color3); }
  .course-release button:focus-visible { outline: 2px solid var(--jp-brand-color1);
    outline-offset: 2px; }`;

  /** A lesson as the server has it, or null: then the notebook is none, or there is no network. */
  async function lessonAt(path, baseUrl) {
    try {
      const place = path.split("/").map(encodeURIComponent).join("/");
      const lesson = await (await fetch(`${baseUrl}files/${place}`)).json();
      return lesson.metadata.course.release ? lesson : null;
    } catch {
      return null;
    }
  }

  const sourceOf = (cell) => [cell.source].flat().join("");

  /**
   * What is known of a copy and its lesson: "has changed", "may have changed", or "": no change.
   *
   * A copy that is older than these checksums has none. It is compared cell by cell, except for cells
   * that learners fill in; what differs may still be their own work.
   */
  function change(copy, lesson) {
    const release = copy.metadata.course?.release;
    if (release) return release === lesson.metadata.course.release ? "" : "has changed";
    const known = new Set(copy.cells.map(sourceOf));
    const isKnown = (cell) => cell.metadata.tags?.includes("exercise") || known.has(sourceOf(cell));
    return lesson.cells.every(isKnown) ? "" : "may have changed";
  }

  /** A name that no file in the folder has: "lesson (my copy).ipynb", "lesson (my copy 2).ipynb". */
  async function freeName(path, contents) {
    const [, folder, stem] = path.match(/^(.*\/)?(.*)\.ipynb$/);
    const { content } = await contents.get((folder ?? "").replace(/\/$/, ""));
    const taken = new Set(content.map(({ name }) => name));
    for (let i = 1; ; i++) {
      const name = `${stem} (my copy${i > 1 ? ` ${i}` : ""}).ipynb`;
      if (!taken.has(name)) return name;
    }
  }

  async function check(panel, app, Widget) {
    const { context } = panel;
    await context.ready;
    const { path, model } = context;
    const { contents, serverSettings } = app.serviceManager;
    const lesson = await lessonAt(path, serverSettings.baseUrl);
    const what = lesson && change(model.toJSON(), lesson);
    if (!what || panel.isDisposed) return;

    const notice = new Widget();
    notice.addClass("course-release");
    notice.node.setAttribute("role", "region");
    notice.node.setAttribute("aria-label", "A new version of this lesson");
    notice.node.innerHTML = `<div><p role="status"></p><span>
      <button>${OPEN}</button><button>${KEEP}</button></span></div>`;
    const box = notice.node.firstChild;
    const [said, ...buttons] = box.querySelectorAll("p, button");
    // Lumino places widgets by their heights, and this one is as high as its lines.
    new ResizeObserver(() => {
      if (notice.isDisposed) return;
      notice.node.style.minHeight = `${box.offsetHeight}px`;
      panel.contentHeader.fit();
    }).observe(box);
    panel.contentHeader.addWidget(notice);
    const name = await freeName(path, contents);
    // Screen readers read what is put into a status that is there already.
    said.textContent =
      `This is your copy of the lesson. The lesson ${what} since you saved it. If you open the new ` +
      `one, your copy is kept beside it, as “${name}”.`;

    const close = () => notice.dispose();
    context.pathChanged.connect(close);
    model.metadataChanged.connect((_, { key }) => key === "course" && close());

    async function openNew() {
      if (model.dirty) await context.save();
      await context.rename(await freeName(path, contents)); // the name may be taken by now
      // The notebooks app shows one notebook on a page, whose address still has the lesson's name.
      if (document.body.dataset.notebook === "notebooks") location.reload();
      else await app.commands.execute("docmanager:open", { path });
    }

    async function keepMine() {
      const { release } = lesson.metadata.course;
      model.setMetadata("course", { ...model.getMetadata("course"), release });
      await context.save();
      panel.activate();
    }

    [openNew, keepMine].forEach((act, i) => {
      buttons[i].onclick = async () => {
        for (const button of buttons) button.disabled = true;
        try {
          await act();
        } catch (error) {
          said.textContent = `That did not work: ${error.message}. Your copy is as it was.`;
          for (const button of buttons) button.disabled = false;
        }
      };
    });
  }

  let shared;

  const plugin = {
    id: "course-release:notice",
    autoStart: true,
    activate: async (app) => {
      const [lumino] = Object.values(shared["@lumino/widgets"]);
      const { Widget } = (await lumino.get())();
      document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
      const createNew = (panel) => void check(panel, app, Widget);
      app.docRegistry.addWidgetExtension("Notebook", { createNew });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["course-release"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
}
