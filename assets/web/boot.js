// Starts the standalone page: defines the element that stands in it, keeps everything for offline use, and tells the app what only the
// page around it can know: that a new version waits, that the browser would install it, that it could not start.
import "./embed.js";

const app = document.querySelector("just-right-picker");
const tell = (name) => app.dispatchEvent(new CustomEvent(name));
const hear = (name, act) => app.addEventListener(name, act);

// The page's policy demands trusted types; the one script address that we ever hand to the browser is our own worker's.
const policy = globalThis.trustedTypes?.createPolicy("just-right", {
  createScriptURL: (url) => {
    if (url !== "sw.js") throw new TypeError("only our own worker");
    return url;
  },
});

// A private window or a sandboxed frame may refuse; the app then simply needs the network the next time.
const worker = navigator.serviceWorker;
worker?.register(policy ? policy.createScriptURL("sw.js") : "sw.js").then((registration) => {
  // A first version that is being kept is no new one.
  const look = () => { if (registration.waiting && worker.controller) tell("just-right-new-version"); };
  look();
  hear("just-right-ready", look);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  // Only when somebody has asked for it does the new version take over, and only then is the page loaded anew.
  hear("just-right-use-new-version", () => {
    worker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take-over");
  });
}).catch(() => {});

let install;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  install = event;
  tell("just-right-installable");
});
hear("just-right-ready", () => install && tell("just-right-installable"));
hear("just-right-install", () => {
  install?.prompt();
  install = undefined;
});

// Said in the words that stand in the page, because there is no app to say it.
let ready = false;
hear("just-right-ready", () => { ready = true; });
hear("just-right-error", () => {
  const trouble = document.querySelector(".shell-trouble");
  if (!ready && trouble) trouble.hidden = false;
});
