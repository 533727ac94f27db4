//! A client in use is never taken for idle, whatever the intervals, the number of processes and the delays are.

use magic_sessionmanager_core::engine::{Engine, Request};
use magic_sessionmanager_core::session::machine::Verdict;
use magic_sessionmanager_core::session::policy::OnInactive;
use magic_sessionmanager_core::session::state::SessionState;
use magic_sessionmanager_core::session::sweep::SweptBy;
use magic_sessionmanager_core::settings::{AbsoluteTimeout, Settings};
use magic_sessionmanager_core::time::{Millis, UnixMillis};

use crate::common::sessions::until;
use proptest::prelude::*;

/// The time for which a process trusts a read.
const LEASE_MS: u64 = 2000;
/// How long a write may take after it was decided, gathering included.
const WRITE_MS: u64 = 1000;
/// How far two clocks may differ.
const SKEW_MS: u64 = 300;
const START_MS: u64 = 1_000_000_000_000;

/// A process: its clock, and its knowledge of the session.
#[derive(Clone, Default)]
#[expect(clippy::struct_field_names, reason = "units belong in names")]
struct Process {
    skew_ms: u64,
    last_seen_ms: u64,
    last_touched_ms: u64,
    read_ms: Option<u64>,
}

/// Something that happens some time after the thing before it.
#[derive(Clone, Debug)]
enum Step {
    Request { process: usize, after_ms: u64, write_ms: u64 },
    Sweep { process: usize, after_ms: u64 },
}

/// Several processes, and a database that writes reach with a delay.
struct World {
    engine: Engine,
    processes: Vec<Process>,
    /// The writes: the true time from which on each can be read, and its value.
    writes: Vec<(u64, u64)>,
    now_ms: u64,
    truly_seen_ms: u64,
}

impl World {
    fn new(engine: Engine, skews_ms: &[u64]) -> Self {
        let process = |skew_ms: &u64| Process { skew_ms: *skew_ms, ..Process::default() };
        let processes = skews_ms.iter().map(process).collect();
        let writes = vec![(START_MS, START_MS)];
        Self { engine, processes, writes, now_ms: START_MS, truly_seen_ms: START_MS }
    }

    fn written_ms(&self) -> u64 {
        let arrived = self.writes.iter().filter(|(at, _)| *at <= self.now_ms);
        arrived.map(|(_, value)| *value).max().unwrap_or(START_MS)
    }

    /// Gives the verdict on a request, and notes it where it is let in.
    fn request(&mut self, process: usize, write_ms: u64) -> Verdict {
        let (written, now_ms) = (self.written_ms(), self.now_ms);
        let process = &mut self.processes[process];
        if process.read_ms.is_none_or(|read| now_ms - read >= LEASE_MS) {
            process.read_ms = Some(now_ms);
            process.last_seen_ms = process.last_seen_ms.max(written);
            process.last_touched_ms = process.last_touched_ms.max(written);
        }
        let clock_ms = now_ms + process.skew_ms;
        let request = Request {
            state: SessionState::Active,
            logged_in: UnixMillis::new(START_MS),
            last_seen: UnixMillis::new(process.last_seen_ms),
            last_touched: UnixMillis::new(process.last_touched_ms),
            not_before: UnixMillis::new(0),
        };
        let verdict = self.engine.check(&request, UnixMillis::new(clock_ms));
        if let Verdict::Allow { touch, .. } = verdict {
            self.truly_seen_ms = now_ms;
            process.last_seen_ms = process.last_seen_ms.max(clock_ms);
            if touch {
                process.last_touched_ms = clock_ms;
                self.writes.push((now_ms + write_ms, clock_ms));
            }
        }
        verdict
    }

    /// Says whether a sweep by this process would take the session for idle.
    fn sweep(&self, process: usize) -> bool {
        let clock_ms = self.now_ms + self.processes[process].skew_ms;
        let plan = self.engine.sweep_plan(UnixMillis::new(clock_ms));
        let cut_off = plan.idle_before.or(until(&plan, SweptBy::LastSeen));
        cut_off.is_some_and(|cut_off| self.written_ms() <= cut_off.get())
    }
}

fn settings(last_seen_rate_limit_ms: u64, inactivity_timeout_ms: u64) -> Settings {
    Settings {
        last_seen_rate_limit: Millis::new(last_seen_rate_limit_ms),
        inactivity_timeout: Millis::new(inactivity_timeout_ms),
        absolute_timeout: AbsoluteTimeout::Token,
        on_inactive: OnInactive::Terminate,
        ..Settings::default()
    }
}

fn any_interval() -> impl Strategy<Value = u64> {
    prop_oneof![0..5_000u64, 0..120_000u64, 0..86_400_000u64]
}

/// Pauses just below the timeout are where a misjudgement shows.
fn any_steps(timeout_ms: u64) -> impl Strategy<Value = Vec<Step>> {
    let pause = prop_oneof![
        2 => 0..=timeout_ms / 4,
        2 => timeout_ms.saturating_sub(5000)..timeout_ms,
        2 => 0..3000u64,
    ];
    let request = (0..3usize, pause.clone(), 0..=WRITE_MS)
        .prop_map(|(process, after_ms, write_ms)| Step::Request { process, after_ms, write_ms });
    let sweep = (0..3usize, pause).prop_map(|(process, after_ms)| Step::Sweep { process, after_ms });
    prop::collection::vec(prop_oneof![2 => request, 1 => sweep], 1..60)
}

fn any_case() -> impl Strategy<Value = (u64, u64, [u64; 3], Vec<Step>)> {
    (any_interval(), 1000..200_000u64, prop::array::uniform3(0..=SKEW_MS)).prop_flat_map(
        |(limit_ms, timeout_ms, skews_ms)| {
            any_steps(timeout_ms).prop_map(move |steps| (limit_ms, timeout_ms, skews_ms, steps))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_client_in_use_is_never_idle((limit_ms, timeout_ms, skews_ms, steps) in any_case()) {
        let mut world = World::new(Engine::new(&settings(limit_ms, timeout_ms)), &skews_ms);
        for step in steps {
            let (Step::Request { after_ms, .. } | Step::Sweep { after_ms, .. }) = step;
            let latest_ms = world.truly_seen_ms + timeout_ms - 1;
            world.now_ms = (world.now_ms + after_ms).min(latest_ms);
            match step {
                Step::Request { process, write_ms, .. } => {
                    prop_assert_ne!(world.request(process, write_ms), Verdict::Idle);
                }
                Step::Sweep { process, .. } => prop_assert!(!world.sweep(process)),
            }
        }
    }

    #[test]
    fn idleness_is_noticed_a_tenth_of_the_timeout_and_four_seconds_late_at_most(
        limit_ms in any_interval(),
        timeout_ms in 1000..31_536_000_000u64,
    ) {
        let mut world = World::new(Engine::new(&settings(limit_ms, timeout_ms)), &[0, 0, 0]);
        world.now_ms += timeout_ms + timeout_ms / 10 + 4000;
        prop_assert!(world.sweep(0));
        prop_assert_eq!(world.request(0, 0), Verdict::Idle);
    }
}

#[test]
fn a_client_in_use_is_not_idle_though_it_is_written_more_rarely_than_the_timeout_asks() {
    let mut world = World::new(Engine::new(&settings(86_400_000, 1000)), &[0, 0, 0]);
    for _ in 0..1000 {
        world.now_ms += 999;
        assert_ne!(world.request(0, WRITE_MS), Verdict::Idle);
        assert!(!world.sweep(1));
    }
}
