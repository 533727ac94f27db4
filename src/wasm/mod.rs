//! The boundary to JavaScript. It decodes, calls the core and encodes; it makes no decisions.
//!
//! | module | holds |
//! |---|---|
//! | `core` | the class `Core`: one set of settings and one keyring |
//! | `functions` | functions without settings and keys |
//! | `geo` | where addresses are |
//! | `preview` | simulation of settings before they are saved |
//! | `rate` | quotas and failed logins |
//! | `decode`, `encode` | the conversion of JavaScript values |
//! | `types` | the TypeScript types of everything that crosses |

mod core;
mod decode;
mod encode;
mod functions;
mod geo;
mod preview;
mod rate;
mod types;

/// Takes a sixth of the room of the standard library's allocator, in constant time (TLSF, Masmano et al. 2004).
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
