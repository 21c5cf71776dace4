// Starts the standalone page: defines the element that stands in it, and keeps everything for offline use.
import "./embed.js";

// The page's policy demands trusted types; the one script address that we ever hand to the browser is our own worker's.
const policy = globalThis.trustedTypes?.createPolicy("just-right", {
  createScriptURL: (url) => {
    if (url !== "sw.js") throw new TypeError("only our own worker");
    return url;
  },
});

// A private window or a sandboxed frame may refuse; the app then simply needs the network the next time.
if ("serviceWorker" in navigator) {
  const url = policy ? policy.createScriptURL("sw.js") : "sw.js";
  navigator.serviceWorker.register(url).catch(() => {});
}
