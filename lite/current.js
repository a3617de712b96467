// The first lines of each page. A browser that was here before may have kept files of an earlier
// site. That does no harm where an address has a checksum or a version in it. Everything else that
// the page fetches comes from the server, or, without a network, from what was kept.
if (location.protocol === "file:") {
  // Opened with a double click: browsers let such a page load nothing, and it would stay blank.
  const path = decodeURIComponent(location.pathname).replace(/^\/(?=\w:)/, ""); // Windows: C:/...
  const [, site, page] = path.match(/^(.*?)(\/[^/]+(?:\/(?:lab|notebooks|tree))?\/index\.html)$/);
  const server = "http://localhost:8000";
  addEventListener("DOMContentLoaded", () => {
    document.documentElement.lang = "en";
    document.title = "This page needs a web server";
    document.body.className = "";
    document.body.innerHTML = `
      <style>
        :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
        body { background: Canvas; color: CanvasText; margin: 2em auto; max-width: 38em;
          padding: 0 1em; }
        h1 { font-size: 1.5em; }
        pre { border: 1px solid; overflow-wrap: anywhere; padding: 0.75em; white-space: pre-wrap; }
      </style>
      <main>
        <h1>${document.title}</h1>
        <p>A browser does not run Python in a page that was opened as a file. Type this in a
          terminal (if it knows no <code>python</code>, try <code>python3</code>):</p>
        <pre></pre>
        <p>Leave the terminal open, then open <a href="${server}${page}">${server}</a>.</p>
      </main>`;
    document.querySelector("pre").textContent = `python -m http.server -d "${site}"`;
    document.querySelector("a").search = location.search;
  });
} else {
  const { fetch } = window;
  const latest = fetch(location.href, { cache: "no-store" }).then((answer) => answer.text());
  const isOnline = latest.then(() => true, () => false);

  window.fetch = async (address, options) => {
    const mayBeOld = !String(address).includes("/build-");
    const cache = mayBeOld && (await isOnline) ? "reload" : "default";
    return fetch(address, { cache, ...options });
  };

  // This page may itself be an old one. It is reloaded once: what follows then is up to the server.
  latest.then(async (page) => {
    const [{ type }] = performance.getEntriesByType("navigation");
    if (page.includes("CHECKSUM") || type === "reload") return;
    await fetch(location.href, { cache: "reload" });
    location.reload();
  }, () => {});
}
