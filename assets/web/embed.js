// <just-right-picker>: one element, one shadow root, the app inside. This file is all that a host page loads at first;
// the WebAssembly follows when the element comes near the viewport.
const here = (name) => new URL(name, import.meta.url).href;
const living = new Set();
let loading;
let coming;
let wanted;
let dead;

// One module and one style sheet for all elements of a page. A failed load is forgotten, so that the next element tries again.
const load = () => (loading ??= import(here("__GLUE__")).then(async (glue) => {
  const first = await glue.default({ module_or_path: here("__WASM__") });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(glue.style());
  return { glue, sheet, first };
}).catch((error) => { loading = undefined; throw error; }));

// What no first pick needs comes behind it, and fills the empty places of the first module. A failed load is forgotten, and
// told where somebody waits for it.
const complete = () => (coming ??= load().then(async ({ glue, first }) => {
  try {
    const response = await fetch(here("__REST__"));
    const again = response.clone();
    try {
      await WebAssembly.instantiateStreaming(response, { first });
    } catch {
      await WebAssembly.instantiate(await again.arrayBuffer(), { first });
    }
  } catch (error) {
    coming = undefined;
    console.error("just-right-picker could not load the rest of its code.", error);
    return wanted && glue.missed();
  }
  glue.whole();
}));

const want = () => {
  wanted = true;
  complete();
};

// A panic, or a stack that ran over, in our module and nobody else's.
const isPanic = (error) => (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
  && String(error.stack).includes("__GLUE__".split(".js")[0]);

// It ends the module for every element: each one then shows a card that is drawn without it.
const die = (error) => {
  if (dead) return;
  dead = error;
  for (const element of living) element.fail();
};

const onError = (event) => {
  const error = event.error ?? event.reason;
  if (isPanic(error)) die(error);
};

const listen = (how) => { for (const kind of ["error", "unhandledrejection"]) globalThis[`${how}EventListener`](kind, onError); };

class JustRightPicker extends HTMLElement {
  #inside;
  #mounted;
  #watch;

  connectedCallback() {
    // Moved within the page: all stays as it is.
    if (this.#inside) return;
    if (!living.size) listen("add");
    living.add(this);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    // A fresh one for each mount: Yew never takes its listeners off the element that it was given.
    this.#inside = document.createElement("div");
    // Until the app is there, and if it never comes, the host page's own words show: a link, a sentence.
    root.replaceChildren(document.createElement("slot"), this.#inside);
    if (this.hasAttribute("standalone")) return this.#start();
    // The place is kept free, so that the page does not jump when the app comes.
    this.#inside.style.minHeight = "min(640px, 80vh)";
    this.#watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#start(), { rootMargin: "400px" });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    // Removed and added again at once is a move; only what stays away is taken down.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  async #start() {
    this.#watch?.disconnect();
    if (dead) return this.fail();
    const inside = this.#inside;
    try {
      const { glue, sheet } = await load();
      if (inside !== this.#inside || dead) return;
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.addEventListener("just-right-wanted", want);
      this.#mounted = glue.mount(inside, this, {
        lang: this.getAttribute("lang") ?? "",
        base: here("./"),
        storage: this.hasAttribute("storage"),
        standalone: this.hasAttribute("standalone"),
      });
      this.shadowRoot.querySelector("slot").remove();
      (globalThis.requestIdleCallback ?? setTimeout)(complete);
    } catch (error) {
      if (isPanic(error)) return die(error);
      inside.style.minHeight = "";
      const { origin } = new URL(here(""));
      console.error("just-right-picker could not start.", error, `\nIf the page has a Content-Security-Policy, it needs: script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}`);
      if (inside === this.#inside) this.#tell(error);
    }
  }

  #stop() {
    if (!living.delete(this)) return;
    if (!living.size) listen("remove");
    this.#watch?.disconnect();
    const mounted = this.#mounted;
    this.#mounted = this.#inside = this.#watch = undefined;
    try { if (!dead) mounted?.unmount(); } catch (error) { die(error); }
    this.shadowRoot.adoptedStyleSheets = [];
    this.shadowRoot.replaceChildren();
  }

  // What is left to do when the module is dead.
  fail() {
    this.#mounted = undefined;
    this.#tell(dead);
    const standalone = this.hasAttribute("standalone");
    import(here("card.js")).then(async (card) => {
      this.shadowRoot.adoptedStyleSheets = [(await load()).sheet];
      card.show(this.shadowRoot, this.hasAttribute("storage"), standalone);
    }).catch((error) => console.error("just-right-picker could not show its error card.", error));
  }

  #tell(error) {
    const detail = { message: String(error?.message ?? error) };
    this.dispatchEvent(new CustomEvent("just-right-error", { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("just-right-picker")) customElements.define("just-right-picker", JustRightPicker);
