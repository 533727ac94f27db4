//! A host of the core that is not Strapi: a program of the standard library alone, with its sessions in memory.
//!
//! `cargo run --example memory_host` prints its transcript, and `cargo test` compares it. [`host`] has the input and
//! output that a host must bring. This file has the story: the devices of one user, and a thief.

#![expect(clippy::print_stdout, reason = "the program shows what it does")]

mod host;

use host::{Host, Refreshed};
use magic_sessionmanager_core::{
    Denial, Error, Millis, RawValue, Reason, SessionId, UnixMillis, parse_settings,
};

fn main() -> Result<(), Error> {
    for line in story()? {
        println!("{line}");
    }
    Ok(())
}

/// Runs the story and returns its transcript.
fn story() -> Result<Vec<String>, Error> {
    let settings = parse_settings([
        ("maxSessionsPerUser", RawValue::Number(2.0)),
        ("onInactive", RawValue::Text("terminate".to_owned())),
    ])?;
    let mut story = Story { host: Host::new(&settings, "a secret of the app")?, lines: Vec::new() };

    let Some((phone, first)) = story.log_in("phone", minute(0))? else { return Ok(story.lines) };
    story.request("phone", phone, second(10));
    story.request("phone", phone, second(40));

    let rotated = story.refresh("phone", &first, minute(1))?;
    story.tell(minute(1), &format!("the store holds {}…", story.host.stored_as(&first, 15)));
    // The response was lost, and the phone tries again.
    let again = story.refresh("phone", &first, second(70))?;
    story.tell(second(70), &format!("the phone has the same token as before: {}", again == rotated));
    story.refresh("phone", &rotated, minute(2))?;
    story.refresh("thief", &first, minute(3))?;
    story.request("phone", phone, minute(4));

    story.log_in("phone", minute(5))?;
    let laptop = story.log_in("laptop", minute(6))?;
    story.log_in("tablet", minute(7))?;
    if let Some((laptop, _)) = laptop {
        story.terminate("laptop", laptop, minute(8));
    }

    for now in [minute(10), minute(30), minute(60 * 24 * 31)] {
        story.sweep(now);
    }
    Ok(story.lines)
}

const fn second(seconds: u64) -> UnixMillis {
    UnixMillis::new(1_700_000_000_000).after(Millis::new(seconds.saturating_mul(1000)))
}

const fn minute(minutes: u64) -> UnixMillis {
    second(minutes.saturating_mul(60))
}

/// A host, and the transcript of its answers.
struct Story {
    host: Host,
    lines: Vec<String>,
}

impl Story {
    /// Logs the user in, and returns the session and its first refresh token; `None` if the login is refused.
    fn log_in(
        &mut self,
        device: &'static str,
        now: UnixMillis,
    ) -> Result<Option<(SessionId, String)>, Error> {
        let login = self.host.log_in(device, now)?;
        let answer = if login.is_some() { "a session begins" } else { "refused" };
        self.tell(now, &format!("{device} logs in: {answer}"));
        Ok(login)
    }

    fn request(&mut self, device: &str, id: SessionId, now: UnixMillis) {
        let before = self.host.writes();
        let answer = match self.host.request(id, now) {
            Ok(()) if self.host.writes() > before => "allowed, and last seen is stored",
            Ok(()) => "allowed, and nothing is stored",
            Err(denial) => denial.as_str(),
        };
        self.tell(now, &format!("{device} sends a request: {answer}"));
    }

    /// Presents a refresh token, and returns the token of the answer; an empty text if it is refused.
    fn refresh(&mut self, device: &'static str, token: &str, now: UnixMillis) -> Result<String, Error> {
        let (answer, next) = match self.host.refresh(token, device, now)? {
            Refreshed::Rotated(next) => ("a new token".to_owned(), next),
            Refreshed::Repeated(next) => ("the answer is repeated".to_owned(), next),
            Refreshed::Refused(reason) => (format!("refused ({reason})"), String::new()),
        };
        self.tell(now, &format!("{device} refreshes: {answer}"));
        Ok(next)
    }

    fn terminate(&mut self, device: &str, id: SessionId, now: UnixMillis) {
        let answer = self.host.terminate(id, Reason::Logout, now).map_err(Denial::as_str);
        self.tell(now, &format!("{device} logs out: {}", answer.err().unwrap_or("done")));
    }

    fn sweep(&mut self, now: UnixMillis) {
        let before = self.host.sessions();
        self.host.sweep(now);
        let deleted = before.saturating_sub(self.host.sessions());
        self.tell(now, &format!("a sweep deletes {deleted} of {before} records"));
    }

    /// Adds a line, and one for each notification since the last.
    fn tell(&mut self, now: UnixMillis, line: &str) {
        let seconds = now.since(second(0)).get() / 1000;
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
        self.lines.push(format!("day {days} {hours:02}:{minutes:02}:{:02}  {line}", seconds % 60));
        let notifications = self.host.take_notifications().into_iter();
        self.lines.extend(notifications.map(|notification| format!("notification: {notification}")));
    }
}

#[cfg(test)]
mod tests {
    use super::story;

    #[test]
    fn the_transcript_is_the_same_on_every_run() {
        let expected = [
            "day 0 00:00:00  phone logs in: a session begins",
            "day 0 00:00:10  phone sends a request: allowed, and nothing is stored",
            "day 0 00:00:40  phone sends a request: allowed, and last seen is stored",
            "day 0 00:01:00  phone refreshes: a new token",
            "day 0 00:01:00  the store holds v1.c24e31400044…",
            "day 0 00:01:10  phone refreshes: the answer is repeated",
            "day 0 00:01:10  the phone has the same token as before: true",
            "day 0 00:02:00  phone refreshes: a new token",
            "day 0 00:03:00  thief refreshes: refused (refresh_reuse)",
            "notification: phone is terminated (refresh_reuse)",
            "day 0 00:04:00  phone sends a request: refresh_reuse",
            "day 0 00:05:00  phone logs in: a session begins",
            "day 0 00:06:00  laptop logs in: a session begins",
            "day 0 00:07:00  tablet logs in: a session begins",
            "notification: phone is terminated (session_limit)",
            "day 0 00:08:00  laptop logs out: done",
            "notification: laptop is terminated (logout)",
            "day 0 00:10:00  a sweep deletes 0 of 4 records",
            "day 0 00:30:00  a sweep deletes 0 of 4 records",
            "notification: tablet is terminated (idle)",
            "day 31 00:00:00  a sweep deletes 4 of 4 records",
        ];
        assert_eq!(story().unwrap(), expected);
    }
}
