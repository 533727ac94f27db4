//! The boundary to JavaScript: decodes, calls the core, encodes. Nothing is decided here.
//!
//! | module | holds |
//! |---|---|
//! | `core` | the class `Core`: one set of settings and one keyring |
//! | `functions` | what needs neither |
//! | `preview` | what settings would do, before they are saved |
//! | `rate` | quotas and failed logins |
//! | `decode`, `encode` | JavaScript values to ours and back |
//! | `types` | the TypeScript types of everything that crosses |

mod core;
mod decode;
mod encode;
mod functions;
mod preview;
mod rate;
mod types;
