// <just-right-picker>: one element, one shadow root, the app inside. This file is all that a host page loads at first;
// the WebAssembly follows when the element comes near the viewport.
const here = (name) => new URL(name, import.meta.url).href;
const living = new Set();
let loading;

// One module for all elements of a page. A failed load is forgotten, so that the next element tries again.
const load = () => (loading ??= import(here("__GLUE__")).then(async (glue) => {
  await glue.default({ module_or_path: here("__WASM__") });
  return glue;
}).catch((error) => { loading = undefined; throw error; }));

// A panic ends the module for every element: each one then shows a card that is drawn without it.
const onError = (event) => {
  const error = event.error ?? event.reason;
  if (error instanceof WebAssembly.RuntimeError && String(error.stack).includes("__WASM__".split("_bg")[0])) {
    for (const element of living) element.fail(error);
  }
};

class JustRightPicker extends HTMLElement {
  #inside;
  #mounted;
  #watch;

  connectedCallback() {
    // Moved within the page: all stays as it is.
    if (this.#inside) return;
    if (!living.size) for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, onError);
    living.add(this);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#inside = document.createElement("div");
    // Until the app is there, and if it never comes, the host page's own words show: a link, a sentence.
    root.replaceChildren(document.createElement("slot"), this.#inside);
    if (this.hasAttribute("standalone")) return this.#start();
    this.#watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#start(), { rootMargin: "400px" });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    // Removed and added again at once is a move; only what stays away is taken down.
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  async #start() {
    this.#watch?.disconnect();
    const inside = this.#inside;
    try {
      const glue = await load();
      if (inside !== this.#inside) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(glue.style());
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.querySelector("slot")?.remove();
      this.#mounted = glue.mount(inside, this, {
        lang: this.getAttribute("lang") ?? "",
        base: here("./"),
        storage: this.hasAttribute("storage"),
        standalone: this.hasAttribute("standalone"),
      });
    } catch (error) {
      console.error("just-right-picker could not start.", error, `\nIf the page has a Content-Security-Policy, it needs: script-src ${new URL(import.meta.url).origin} 'wasm-unsafe-eval'; connect-src ${new URL(import.meta.url).origin}`);
      this.#tell(error);
    }
  }

  #stop() {
    this.#watch?.disconnect();
    try { this.#mounted?.unmount(); } catch { /* after a panic there is nothing to take down */ }
    this.#mounted = this.#inside = undefined;
    this.shadowRoot.replaceChildren();
    living.delete(this);
    if (!living.size) for (const kind of ["error", "unhandledrejection"]) removeEventListener(kind, onError);
  }

  fail(error) {
    this.#mounted = undefined;
    this.#tell(error);
    import(here("card.js")).then((card) => card.show(this.shadowRoot, this.hasAttribute("storage")));
  }

  #tell(error) {
    const detail = { message: String(error?.message ?? error) };
    this.dispatchEvent(new CustomEvent("just-right-error", { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("just-right-picker")) customElements.define("just-right-picker", JustRightPicker);
