//! Every public module has an example in its documentation, which `cargo test` runs.

use std::fs;
use std::path::{Path, PathBuf};

/// A module that others can name: its file, and the folder of its children.
struct Module {
    file: PathBuf,
    folder: PathBuf,
}

impl Module {
    fn text(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }

    fn children(&self) -> Vec<Self> {
        let text = self.text();
        let names = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        names.map(|name| Self::find(&self.folder, name)).collect()
    }

    fn find(folder: &Path, name: &str) -> Self {
        let (inner, file) = (folder.join(name), folder.join(format!("{name}.rs")));
        Self { file: if inner.is_dir() { inner.join("mod.rs") } else { file }, folder: inner }
    }

    /// Gives this module and all public ones below it.
    fn with_all_below(self) -> Vec<Self> {
        let below: Vec<Self> = self.children().into_iter().flat_map(Self::with_all_below).collect();
        std::iter::once(self).chain(below).collect()
    }
}

#[test]
fn every_public_module_has_an_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules = Module { file: folder.join("lib.rs"), folder }.with_all_below();
    assert!(modules.len() > 40, "only {} modules were found", modules.len());
    let lacks = |module: &&Module| !module.text().lines().any(|line| line == "//! ```");
    let without: Vec<&PathBuf> = modules.iter().filter(lacks).map(|module| &module.file).collect();
    assert!(without.is_empty(), "without an example: {without:?}");
}
