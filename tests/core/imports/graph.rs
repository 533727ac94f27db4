//! The graph of imports, and the rules that it keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::paths;

/// The rooms in the order of imports: a room may import from those before it, and from itself. Rooms of one line do
/// not import from each other, except for the modules of the first line.
const ORDER: [&[&str]; 7] = [
    &["time", "number", "error", "entropy", "address", "hex"],
    &["crypto", "rate", "geo", "session"],
    &["settings"],
    &["engine"],
    &["preview"],
    &["serial"],
    &["wasm"],
];

/// The modules, each with those that it imports. The root has an empty name.
#[derive(Clone)]
pub(super) struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    /// Reads the imports of all modules; `sources` holds their texts.
    pub(super) fn read(sources: &BTreeMap<String, String>) -> Self {
        let modules = sources.keys().map(|module| (module.clone(), BTreeSet::new()));
        let mut graph = Self(modules.collect());
        for (module, text) in sources {
            graph.add(module, text);
        }
        graph
    }

    /// Adds the imports of some lines to a module.
    pub(super) fn add(&mut self, module: &str, lines: &str) {
        let found = paths(lines, module, &|path| self.0.contains_key(path));
        let imported: Vec<String> = found.iter().map(|path| self.module_of(path)).collect();
        let others = imported.into_iter().filter(|other| other != module);
        self.0.entry(module.to_owned()).or_default().extend(others);
    }

    /// Gives the innermost module of a path.
    fn module_of(&self, path: &[String]) -> String {
        let prefixes = (0..=path.len()).rev().map(|length| path[..length].join("::"));
        prefixes.into_iter().find(|module| self.0.contains_key(module)).unwrap_or_default()
    }
}

/// Lists the imports that are not allowed, and the circles.
pub(super) fn faults(Graph(graph): &Graph) -> Vec<String> {
    let mut faults = Vec::new();
    for (module, imported) in graph.iter().filter(|(module, _)| !module.is_empty()) {
        match place(module) {
            None => faults.push(format!("{module} has no place in the order of imports")),
            Some(place) => {
                let wrong = imported.iter().filter(|other| !may_import(module, place, other));
                faults.extend(wrong.map(|other| format!("{module} imports {other}")));
            }
        }
    }
    faults.extend(circles(graph));
    faults
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

fn place(module: &str) -> Option<usize> {
    ORDER.iter().position(|rooms| rooms.contains(&room(module)))
}

fn may_import(module: &str, place: usize, other: &str) -> bool {
    let below = self::place(other).is_some_and(|other| other < place || (other == 0 && place == 0));
    below || room(module) == room(other)
}

/// Lists one circle for each module that imports itself through others.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let through = |module: &String| {
        let mut ways: Vec<Vec<&String>> = graph[module].iter().map(|next| vec![module, next]).collect();
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            let last = way[way.len() - 1];
            if last == module {
                let names: Vec<&str> = way.iter().map(|name| name.as_str()).collect();
                return Some(format!("circle: {}", names.join(" -> ")));
            }
            if seen.insert(last) {
                ways.extend(graph[last].iter().map(|next| [way.clone(), vec![next]].concat()));
            }
        }
        None
    };
    graph.keys().filter_map(through).collect()
}
