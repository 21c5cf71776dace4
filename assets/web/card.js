// What is shown after a panic: drawn without the app, because the app is gone. The data is in the browser's store, not in the app.
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

// The snapshots as they are stored. The store is read only, and never made: an empty one would stay without a place for snapshots.
const stored = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("just-right");
  request.onupgradeneeded = () => {
    resolve([]);
    request.transaction.abort();
  };
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const database = request.result;
    const done = (settle, value) => {
      database.close();
      settle(value);
    };
    if (!database.objectStoreNames.contains("snapshots")) return done(resolve, []);
    const all = database.transaction("snapshots").objectStore("snapshots").getAll();
    all.onerror = () => done(reject, all.error);
    all.onsuccess = () => done(resolve, all.result);
  };
});

const sequence = (text) => { try { return JSON.parse(text).sequence ?? 0; } catch { return -1; } };

async function save(said) {
  try {
    const latest = (await stored()).sort((a, b) => sequence(b) - sequence(a))[0];
    if (!latest) { said.textContent = "Nothing was stored yet, so there is nothing to save."; return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([latest], { type: "application/json" }));
    link.download = "just-right-rescue.json";
    link.click();
    said.textContent = "Saved as just-right-rescue.json. You can import it in the settings.";
  } catch {
    said.textContent = "The browser did not let us read what is stored. It is still there: reload the page.";
  }
}

// `storage`: whether the element was asked to keep data. `focus`: whether the page is ours, so that the card may take the focus.
export async function show(root, storage, focus) {
  const app = element("div", "", "app");
  app.lang = "en";
  const card = element("section", "", "card body crash");
  card.setAttribute("role", "alert");
  const title = element("h1", "Something went wrong on our side");
  title.tabIndex = -1;
  const safe = element("p", "");
  const said = element("p", "", "soft");
  said.setAttribute("role", "status");
  const row = element("div", "", "row");
  const reload = element("button", "Reload", "button main");
  reload.onclick = () => {
    // On our own page not to the place that broke, but to the beginning: the data is there, and so is the way on.
    if (focus) history.replaceState(null, "", "#/");
    location.reload();
  };
  row.append(reload);
  card.append(title, safe, row, said);
  app.append(card);
  // Nobody is torn away from another place of the page.
  const mayFocus = focus || root.activeElement;
  root.replaceChildren(app);
  if (mayFocus) title.focus();

  if (!storage) {
    safe.textContent = "Reload the page to go on. This page keeps nothing, so please begin again. We are sorry.";
    return;
  }
  try {
    await stored();
    safe.textContent = "Your data is safe: everything you told us up to the last tap is stored on this device. Reload the page to go on.";
    const rescue = element("button", "Export", "button quiet");
    rescue.onclick = () => save(said);
    row.append(rescue);
  } catch {
    safe.textContent = "Reload the page to go on. What is stored in this browser, if anything, is untouched.";
  }
}
