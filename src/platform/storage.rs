//! Keeping the family's data: one snapshot in IndexedDB, in two slots of which the older is overwritten.
//!
//! A write reads the latest snapshot, applies the change to it and puts the result into the other slot, all
//! in one transaction. So a write that breaks off leaves the last good snapshot, and two open tabs do not
//! overwrite each other's news.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;

use crate::family::{Change, Day, Family};
use crate::snapshot::{self, ReadError, Snapshot};

const DATABASE: &str = "just-right";
const STORE: &str = "snapshots";
const SLOTS: [&str; 2] = ["a", "b"];

/// What was found at the start.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// Nothing yet.
    Nothing,
    /// The family's data.
    Family(Family),
    /// The same, stored in the form of an earlier version.
    Earlier(Family),
    /// The latest snapshot was damaged; this is the one before it.
    Older(Family),
    /// There is something, but it is damaged or not ours. It is left as it is until the family decides.
    Unreadable(ReadError, String),
    /// Nothing can be kept here: private window, sandboxed frame, no space.
    Denied,
}

/// What a write did.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// What is stored now is what was expected.
    Same,
    /// Another tab had written: this is what is stored now, with both changes.
    Merged(Family),
}

/// Looks what is stored.
pub async fn open(today: Day) -> Opened {
    match try_open(today).await {
        Ok(opened) => opened,
        Err(_) => Opened::Denied,
    }
}

async fn try_open(today: Day) -> Result<Opened, idb::Error> {
    let database = database().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let slots = read_slots(&store, today).await?;
    database.close();
    // Of two that cannot be read, the one with more in it is the one to rescue.
    let fullest = slots
        .iter()
        .flatten()
        .map(|(text, _)| text)
        .max_by_key(|text| text.len())
        .cloned();
    let worst = slots.iter().flatten().find_map(|(text, read)| match read {
        Err(ReadError::Newer) => Some((ReadError::Newer, text.clone())),
        _ => None,
    });
    if let Some((error, text)) = worst {
        return Ok(Opened::Unreadable(error, text));
    }
    let damaged = slots.iter().flatten().any(|(_, read)| read.is_err());
    Ok(match (latest(&slots), fullest) {
        (Some((_, snapshot)), _) if damaged => Opened::Older(snapshot.family.clone()),
        (Some((_, snapshot)), _) if snapshot.version < snapshot::VERSION => {
            Opened::Earlier(snapshot.family.clone())
        }
        (Some((_, snapshot)), _) => Opened::Family(snapshot.family.clone()),
        (None, Some(text)) => {
            let error = slots
                .iter()
                .flatten()
                .find_map(|(_, read)| read.as_ref().err().copied());
            Opened::Unreadable(error.unwrap_or(ReadError::Broken), text)
        }
        (None, None) => Opened::Nothing,
    })
}

/// Writes changes, in the order in which they happened. `expected` is what the page shows after them.
///
/// # Errors
/// Where the browser could not write, or what is stored must not be overwritten.
pub async fn commit(changes: &[Change], expected: &Family, today: Day) -> Result<Written, WriteError> {
    // A handle that the browser has closed meanwhile answers with an error: a fresh one is opened for each
    // write, and once more on error.
    match try_commit(changes, expected, today).await {
        Err(WriteError::Refused) => try_commit(changes, expected, today).await,
        done => done,
    }
}

/// Why nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The browser refused.
    Refused,
    /// A newer release has written here.
    Newer,
    /// It has grown beyond what is read again.
    TooLarge,
}

impl From<idb::Error> for WriteError {
    fn from(_: idb::Error) -> WriteError {
        WriteError::Refused
    }
}

async fn try_commit(changes: &[Change], expected: &Family, today: Day) -> Result<Written, WriteError> {
    let database = database().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let slots = read_slots(&store, today).await?;
    if slots
        .iter()
        .flatten()
        .any(|(_, read)| *read == Err(ReadError::Newer))
    {
        database.close();
        return Err(WriteError::Newer);
    }
    let (slot, sequence, family) = match latest(&slots) {
        Some((slot, snapshot)) => (
            1 - slot,
            snapshot.sequence + 1,
            snapshot.family.apply_all(changes),
        ),
        None => (0, 1, expected.clone()),
    };
    put(&store, SLOTS[slot], &family, sequence).await?;
    transaction.commit()?.await?;
    database.close();
    Ok(if family == *expected {
        Written::Same
    } else {
        Written::Merged(family)
    })
}

/// Puts this family into the store in the stead of all that is there: to erase, and to begin anew where something
/// cannot be read. Erasing writes an empty family and not nothing, so that another open tab learns of it with its next
/// write and does not bring back what it still shows.
///
/// # Errors
/// Where the browser could not write.
pub async fn replace(family: &Family) -> Result<(), WriteError> {
    let database = database().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    store.clear()?.await?;
    put(&store, SLOTS[0], family, 1).await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn put(store: &idb::ObjectStore, slot: &str, family: &Family, sequence: u64) -> Result<(), WriteError> {
    let text = snapshot::to_store(family, sequence);
    // What could not be read again is not written: the last good snapshot stays.
    if text.len() > snapshot::LARGEST {
        return Err(WriteError::TooLarge);
    }
    store
        .put(&JsValue::from_str(&text), Some(&JsValue::from_str(slot)))?
        .await?;
    Ok(())
}

type Slot = Option<(String, Result<Snapshot, ReadError>)>;

async fn read_slots(store: &idb::ObjectStore, today: Day) -> Result<[Slot; 2], idb::Error> {
    let mut slots = [None, None];
    for (slot, name) in slots.iter_mut().zip(SLOTS) {
        let found = store.get(JsValue::from_str(name))?.await?;
        *slot = found.map(|value| {
            let text = value.as_string().unwrap_or_default();
            let read = snapshot::read(&text, today);
            (text, read)
        });
    }
    Ok(slots)
}

fn latest(slots: &[Slot; 2]) -> Option<(usize, &Snapshot)> {
    slots
        .iter()
        .enumerate()
        .filter_map(|(index, slot)| {
            slot.as_ref()
                .and_then(|(_, read)| read.as_ref().ok())
                .map(|found| (index, found))
        })
        .max_by_key(|(_, snapshot)| snapshot.sequence)
}

async fn database() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // Where the store cannot be made, the transaction that asks for it fails and says so.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}
