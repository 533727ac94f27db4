//! A table of networks with a value for each, as `npm run build:geo` packs it.
//!
//! | bytes | hold |
//! |---|---|
//! | 4 | `MSG1`, the format |
//! | 1 | the number of values |
//! | 2 for each value | the value, such as the letters of a country |
//! | 4 | the bytes of the ranges of IPv4, in the order of their starts |
//! | … | these ranges, by /24 |
//! | … | the ranges of IPv6, by /48, in the same form |
//!
//! Numbers are in little-endian order. The form of the ranges is that of `ranges`.

use crate::address::Address;
use crate::error::{Code, Error};

use super::ranges::Ranges;

const FORMAT: &[u8] = b"MSG1";

/// A value of a range, such as the two letters of a country.
type Value = [u8; 2];

/// The networks, by their first addresses.
#[derive(Debug)]
pub(super) struct Table {
    values: Vec<Value>,
    v4: Ranges,
    v6: Ranges,
}

impl Table {
    /// Reads a table; no bytes are a table without networks.
    pub(super) fn parse(bytes: &[u8], field: &str) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Ok(Self { values: Vec::new(), v4: Ranges::default(), v6: Ranges::default() });
        }
        read(bytes).ok_or_else(|| {
            Error::new(Code::InvalidArgument, field, "is no table of networks that this version reads")
        })
    }

    /// Returns the value of the network that a public address belongs to; `None` for a network without one.
    pub(super) fn value_of(&self, address: Address) -> Option<Value> {
        let value = match address {
            Address::V4([a, b, c, _]) => self.v4.value_at(u64::from(u32::from_be_bytes([0, a, b, c]))),
            Address::V6([a, b, c, ..]) => {
                self.v6.value_at(u64::from(a) << 32 | u64::from(b) << 16 | u64::from(c))
            }
        }?;
        // The first value stands for none.
        self.values.get(usize::from(value).checked_sub(1)?).copied()
    }
}

fn read(bytes: &[u8]) -> Option<Table> {
    let rest = bytes.strip_prefix(FORMAT)?;
    let (count, rest) = rest.split_first()?;
    let (values, rest) = rest.split_at_checked(usize::from(*count).checked_mul(2)?)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (v4, v6) = rest.split_at_checked(length)?;
    let values = values.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).collect();
    Some(Table { values, v4: Ranges::parse(v4)?, v6: Ranges::parse(v6)? })
}
