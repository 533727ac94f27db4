//! Networks that an operator lists by kind, such as the exits of Tor.
//!
//! A list is a text with a network, an address, or the first and the last address of a range at the start of each line.
//! Anything behind it, after a comma, a blank or a `#`, is left out. Apple publishes the addresses of its Private Relay in
//! this form.

use std::collections::BinaryHeap;

use crate::address::{Address, Network as Cidr};
use crate::error::{Code, Error};

/// The most ranges of a list. A million of them take 36 MB.
pub const MAX_RANGES: usize = 1_000_000;

/// The kind of the networks of a list, in the order in which they count where an address is in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListKind {
    /// Relays that hide an address but keep the country, such as Apple's Private Relay.
    Relay,
    /// Exits of Tor.
    Tor,
    /// Virtual private networks.
    Vpn,
    /// Proxies.
    Proxy,
    /// Companies that rent out servers.
    Hosting,
}

impl ListKind {
    /// All kinds, the one that counts most first.
    pub const ALL: [Self; 5] = [Self::Relay, Self::Tor, Self::Vpn, Self::Proxy, Self::Hosting];

    /// Returns the name of the kind at the boundary.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Tor => "tor",
            Self::Vpn => "vpn",
            Self::Proxy => "proxy",
            Self::Hosting => "hosting",
        }
    }
}

/// The first and the last address of neighbouring networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    first: Address,
    last: Address,
}

impl Range {
    /// Reads a network, an address, or the first and the last address of a range.
    fn read(first: &str, second: Option<&str>) -> Option<Self> {
        let network = Cidr::around(first)?;
        let range = Self { first: network.first(), last: network.last() };
        match second.filter(|_| !first.contains('/')).and_then(Address::parse) {
            Some(last) => Some(Self { last, ..range }).filter(Self::is_of_one_kind),
            None => Some(range),
        }
    }

    fn is_of_one_kind(&self) -> bool {
        let same = matches!(
            (self.first, self.last),
            (Address::V4(_), Address::V4(_)) | (Address::V6(_), Address::V6(_))
        );
        same && self.first <= self.last
    }

    /// Takes another range in, if it begins within this one or right behind it.
    fn take_in(&mut self, other: Self) -> bool {
        let reaches =
            other.first >= self.first && (other.first <= self.last || self.last.next() == Some(other.first));
        if reaches {
            self.last = self.last.max(other.last);
        }
        reaches
    }
}

/// Ranges in their order, with a gap between each two.
type Run = Vec<Range>;

/// The ranges that are put in order at once, which takes a millisecond or two.
const UNORDERED_RANGES: usize = 4096;

/// The lines of a list that were read so far.
///
/// Its work is spread over the calls, because a host has requests to answer between them.
#[derive(Debug, Default)]
pub struct NetworkListReader {
    unordered: Vec<Range>,
    /// The longest first; each is more than twice as long as the one behind it.
    runs: Vec<Run>,
}

impl NetworkListReader {
    /// Adds the networks of whole lines, and returns how many lines have something else.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`] for more than [`MAX_RANGES`].
    pub fn add_lines(&mut self, text: &str) -> Result<u32, Error> {
        let mut rejected: u32 = 0;
        for line in text.split('\n') {
            let mut fields = fields_of(line);
            let Some(first) = fields.next().filter(|field| !field.is_empty()) else { continue };
            match Range::read(first, fields.find(|field| !field.is_empty())) {
                Some(range) => self.add(range)?,
                None => rejected = rejected.saturating_add(1),
            }
        }
        Ok(rejected)
    }

    /// Orders what is not in order yet.
    ///
    /// # Errors
    /// [`Code::InvalidArgument`] without a network: a file that is cut off must not replace one that is whole.
    pub fn finish(mut self) -> Result<NetworkList, Error> {
        self.order();
        let mut ranges = self.runs.into_iter().rev().reduce(merged).unwrap_or_default();
        ranges.shrink_to_fit();
        if ranges.is_empty() {
            return Err(Error::new(Code::InvalidArgument, "text", "the list has no network"));
        }
        Ok(NetworkList { ranges })
    }

    fn add(&mut self, range: Range) -> Result<(), Error> {
        let ordered: usize = self.runs.iter().map(Vec::len).sum();
        if ordered.saturating_add(self.unordered.len()) >= MAX_RANGES {
            let message = format!("text takes {MAX_RANGES} networks at the most");
            return Err(Error::new(Code::InvalidArgument, "text", message));
        }
        push(&mut self.unordered, range);
        if self.unordered.len() == UNORDERED_RANGES {
            self.order();
        }
        Ok(())
    }

    /// Makes a run of what is not in order, and one run of those that have become alike in length.
    fn order(&mut self) {
        // The sort of slices would take 5 KB more of the module.
        let sorted = BinaryHeap::from(core::mem::take(&mut self.unordered)).into_sorted_vec();
        let mut run = merged(sorted, Run::new());
        while let Some(before) = self.runs.pop_if(|before| before.len() / 2 <= run.len()) {
            run = merged(before, run);
        }
        self.runs.push(run);
    }
}

/// Makes one run of two.
fn merged(one: Run, other: Run) -> Run {
    let mut run = Run::with_capacity(one.len().saturating_add(other.len()));
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    while let Some(range) = match (one.peek(), other.peek()) {
        (Some(first), Some(second)) if second < first => other.next(),
        (None, _) => other.next(),
        _ => one.next(),
    } {
        push(&mut run, range);
    }
    run
}

fn push(ranges: &mut Vec<Range>, range: Range) {
    if !ranges.last_mut().is_some_and(|before| before.take_in(range)) {
        ranges.push(range);
    }
}

/// The networks of one kind.
#[derive(Debug, Default)]
pub struct NetworkList {
    /// In their order, with a gap between each two.
    ranges: Vec<Range>,
}

impl NetworkList {
    /// Returns how many ranges without a gap the networks make.
    #[must_use]
    pub fn range_count(&self) -> usize {
        self.ranges.len()
    }

    /// Returns whether an address is in one of the networks.
    #[must_use]
    pub fn contains(&self, address: Address) -> bool {
        let after = self.ranges.partition_point(|range| range.first <= address);
        let before = after.checked_sub(1).and_then(|at| self.ranges.get(at));
        before.is_some_and(|range| range.last >= address)
    }
}

/// Returns the texts of a line before a remark.
fn fields_of(line: &str) -> impl Iterator<Item = &str> {
    // Some editors put a byte order mark at the start of a file.
    let line = line.trim_start_matches('\u{feff}').split('#').next().unwrap_or_default().trim();
    line.split(|separator: char| separator.is_whitespace() || matches!(separator, ',' | ';' | '-'))
        .map(|field| field.trim_matches('"'))
}
