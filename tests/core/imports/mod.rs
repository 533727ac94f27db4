//! Imports of the core run one way, and no modules import each other in a circle.

mod graph;
mod paths;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use graph::{Graph, faults};

/// The imports of every source file.
static GRAPH: LazyLock<Graph> = LazyLock::new(|| {
    let mut sources = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_folder(&root, "", &mut sources);
    Graph::read(&sources)
});

fn read_folder(folder: &Path, module: &str, sources: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let child = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        if path.is_dir() {
            read_folder(&path, &child, sources);
        } else {
            let module = if name == "mod" || name == "lib" { module } else { &child };
            sources.insert(module.to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
}

/// Gives the faults after some lines have been added to a module.
fn faults_with(module: &str, lines: &str) -> Vec<String> {
    let mut graph = GRAPH.clone();
    graph.add(module, lines);
    faults(&graph)
}

#[test]
fn imports_run_one_way() {
    assert_eq!(faults(&GRAPH), Vec::<String>::new());
}

#[test]
fn every_import_of_a_room_that_stands_above_is_found() {
    let forbidden = [
        ("time", "crypto::key"),
        ("error", "rate::quota"),
        ("number", "session::id"),
        ("entropy", "settings"),
        ("crypto::key", "rate::quota"),
        ("crypto::seal", "session::id"),
        ("rate::gcra", "crypto::seal"),
        ("rate::lockout", "session::policy"),
        ("session::id", "crypto::key"),
        ("session::machine", "rate::touch"),
        ("session::machine", "settings"),
        ("settings::table", "engine"),
        ("engine", "preview::impact"),
        ("preview::impact", "wasm::encode"),
    ];
    for (module, imported) in forbidden {
        let found = faults_with(module, &format!("use crate::{imported}::X;"));
        let expected = format!("{module} imports {imported}");
        assert!(found.contains(&expected), "{expected}: {found:?}");
    }
}

#[test]
fn an_import_is_found_in_every_form() {
    let forms = [
        "use crate::engine::Engine;",
        "use crate::{error::Error, engine::{self, Engine as _}};",
        "use super::super::engine::*;",
        "fn planted() -> crate::engine::Engine { todo!() }",
        "struct Planted { engine: crate::engine::Engine }",
        "macro_rules! planted { () => { crate::engine::Engine::new() }; }",
    ];
    for form in forms {
        let found = faults_with("session::id", form);
        assert!(found.contains(&"session::id imports engine".to_owned()), "{form}: {found:?}");
    }
}

#[test]
fn comments_texts_and_visibilities_are_no_imports() {
    let harmless = [
        "// use crate::engine::Engine;",
        "/// See [`crate::engine`].\nfn planted() {}",
        "const PLANTED: &str = \"crate::engine::Engine\";",
        "pub(in crate::session) fn planted() {}",
    ];
    for lines in harmless {
        assert_eq!(faults_with("session::id", lines), Vec::<String>::new(), "{lines}");
    }
}

#[test]
fn a_circle_within_a_room_is_found() {
    let circles = [
        ("session::reason", "use super::effect::Effect;"),
        ("error", "use crate::time::Millis;"),
        ("settings::raw", "use super::Kind;"),
        ("wasm::decode::values", "use crate::wasm::decode::text;"),
    ];
    for (module, lines) in circles {
        let found = faults_with(module, lines);
        assert!(found.iter().any(|fault| fault.starts_with("circle: ")), "{module}: {found:?}");
    }
}

#[test]
fn a_room_without_a_place_in_the_order_is_found() {
    assert_eq!(faults_with("cellar", ""), ["cellar has no place in the order of imports"]);
}
