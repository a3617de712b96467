// The first lines of each page. A browser that was here before may have kept files of an earlier
// site. That does no harm where an address has a checksum or a version in it. Everything else that
// the page fetches comes from the server, or, without a network, from what was kept.
{
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
