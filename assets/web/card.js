// What is shown after a panic: drawn without the app, because the app is gone. The data is in the browser's store, not in the app.
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

// The latest snapshot as it is stored. The store is read only.
const stored = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("just-right");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const database = request.result;
    if (!database.objectStoreNames.contains("snapshots")) return resolve([]);
    const all = database.transaction("snapshots").objectStore("snapshots").getAll();
    all.onerror = () => reject(all.error);
    all.onsuccess = () => { database.close(); resolve(all.result); };
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

export function show(root, kept) {
  const app = element("div", "", "app");
  const card = element("section", "", "card body crash");
  const title = element("h1", "Something went wrong on our side");
  title.tabIndex = -1;
  const safe = element("p", kept
    ? "Your data is safe: everything you told us up to the last tap is stored on this device. Reload the page to go on."
    : "Reload the page to go on. This page keeps nothing, so please begin again. We are sorry.");
  const said = element("p", "", "soft");
  said.setAttribute("role", "status");
  const row = element("div", "", "row");
  const reload = element("button", "Reload", "button main");
  reload.onclick = () => location.reload();
  row.append(reload);
  if (kept) {
    const rescue = element("button", "Export", "button quiet");
    rescue.onclick = () => save(said);
    row.append(rescue);
  }
  card.setAttribute("role", "alert");
  card.append(title, safe, row, said);
  app.append(card);
  root.replaceChildren(app);
  title.focus();
}
