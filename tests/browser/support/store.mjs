// What the browser really keeps: the two slots, looked at and written from outside the app.
import { until } from "./stage.mjs";

/** Both slots as they are stored; `undefined` where there is nothing. */
export const slots = (page) => page.evaluate(async () => {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === "just-right")) return {};
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("just-right");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const store = database.transaction("snapshots").objectStore("snapshots");
      const [keys, values] = [store.getAllKeys(), store.getAll()];
      values.onerror = () => reject(values.error);
      values.onsuccess = () => {
        database.close();
        resolve(Object.fromEntries(keys.result.map((key, index) => [key, values.result[index]])));
      };
    };
  });
});

/** Puts these slots in the place of what is stored. */
export const put = (page, wanted) => page.evaluate((wanted) => new Promise((resolve, reject) => {
  const request = indexedDB.open("just-right");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const database = request.result;
    const transaction = database.transaction("snapshots", "readwrite");
    const store = transaction.objectStore("snapshots");
    store.clear();
    for (const [key, value] of Object.entries(wanted)) store.put(value, key);
    transaction.onerror = () => reject(transaction.error);
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
}), wanted);

/** The latest snapshot, as data. */
export async function latest(page) {
  const all = Object.values(await slots(page)).map((text) => JSON.parse(text));
  return all.sort((one, other) => other.sequence - one.sequence)[0];
}

/** Waits until what is stored is as the caller wants it; gives it. */
export const stored = (page, what, wanted) => until(`stored: ${what}`, async () => {
  const found = await latest(page);
  return found && wanted(found.family) ? found : undefined;
});

export const reportsOf = (family) => family.children.flatMap((child) => child.history.filter((one) => one.reported));
