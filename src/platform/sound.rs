//! A soft bell of two notes, made on the spot: no file, and silence where there is no sound.

use wasm_bindgen::JsValue;

use super::perhaps::{call, get, make, set};

/// A bell that may ring later. Browsers give one only soon after a tap.
#[derive(Debug)]
pub struct Bell(JsValue);

impl Bell {
    /// Makes one ready.
    pub fn ready() -> Option<Bell> {
        let context = make("AudioContext", &[])?;
        call(&context, "resume", &[]);
        Some(Bell(context))
    }

    /// Rings.
    pub fn ring(&self) {
        for (after, pitch) in [(0.0, 523.0), (0.35, 784.0)] {
            // A note that cannot be played is not heard; the screen says the same.
            let _ = self.note(after, pitch);
        }
    }

    fn note(&self, after: f64, pitch: f64) -> Option<()> {
        let begin = get(&self.0, "currentTime")?.as_f64()? + after;
        let tone = call(&self.0, "createOscillator", &[])?;
        let volume = call(&self.0, "createGain", &[])?;
        let level = get(&volume, "gain")?;
        set(&get(&tone, "frequency")?, "value", &pitch.into());
        call(&level, "setValueAtTime", &[0.2.into(), begin.into()])?;
        call(
            &level,
            "exponentialRampToValueAtTime",
            &[0.001.into(), (begin + 1.4).into()],
        )?;
        call(&tone, "connect", std::slice::from_ref(&volume))?;
        call(&volume, "connect", &[get(&self.0, "destination")?])?;
        call(&tone, "start", &[begin.into()])?;
        call(&tone, "stop", &[(begin + 1.5).into()])?;
        Some(())
    }

    /// Puts it away.
    pub fn away(&self) {
        call(&self.0, "close", &[]);
    }
}
