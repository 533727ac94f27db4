//! The paths in a source text that lead to a module of the crate.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

type Tokens = Peekable<IntoIter>;
type Segments = Vec<String>;

/// Lists the paths of a module's text that begin with `crate`, `self`, `super` or a child module, from the root of the
/// crate on. Comments and texts hold no paths.
pub(super) fn paths(text: &str, module: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Segments> {
    let tokens: TokenStream = text.parse().unwrap();
    let mut reader = Reader { module: segments(module), exists, found: Vec::new() };
    reader.read(tokens);
    reader.found
}

fn segments(module: &str) -> Segments {
    module.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

struct Reader<'a> {
    module: Segments,
    exists: &'a dyn Fn(&str) -> bool,
    found: Vec<Segments>,
}

impl Reader<'_> {
    fn read(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(name) if name == "pub" => skip_visibility(&mut tokens),
                TokenTree::Ident(name) => self.read_path(&name.to_string(), &mut tokens),
                // The names after it belong to a path that began before.
                TokenTree::Punct(mark) if is_joint_colon(&mark) => drop((tokens.next(), tokens.next())),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn read_path(&mut self, first: &str, tokens: &mut Tokens) {
        let start = self.start(first);
        if let Some(start) = start.filter(|_| is_separator(tokens)) {
            self.follow(start, tokens);
        }
    }

    /// Gives the module that a path beginning with this name starts at, if it is one of the crate.
    fn start(&self, name: &str) -> Option<Segments> {
        let child = [self.module.clone(), vec![name.to_owned()]].concat();
        match name {
            "crate" => Some(Vec::new()),
            "self" => Some(self.module.clone()),
            "super" => Some(parent(&self.module)),
            _ => (self.exists)(&child.join("::")).then_some(child),
        }
    }

    /// Reads the rest of a path after a separator.
    fn follow(&mut self, mut path: Segments, tokens: &mut Tokens) {
        loop {
            match tokens.peek() {
                Some(TokenTree::Ident(name)) => {
                    let name = name.to_string();
                    tokens.next();
                    match name.as_str() {
                        "self" => {}
                        "super" => path = parent(&path),
                        _ => path.push(name),
                    }
                    if !is_separator(tokens) {
                        break;
                    }
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let mut branches = group.stream().into_iter().peekable();
                    tokens.next();
                    while branches.peek().is_some() {
                        self.follow(path.clone(), &mut branches);
                        while branches.next().is_some_and(|token| !is_comma(&token)) {}
                    }
                    return;
                }
                _ => break,
            }
        }
        self.found.push(path);
    }
}

fn parent(path: &[String]) -> Segments {
    path.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default()
}

/// Skips the parentheses of `pub(…)`, which may hold a path.
fn skip_visibility(tokens: &mut Tokens) {
    let is_group = |group: &Group| group.delimiter() == Delimiter::Parenthesis;
    tokens.next_if(|token| matches!(token, TokenTree::Group(group) if is_group(group)));
}

/// Takes `::`, if it comes next.
fn is_separator(tokens: &mut Tokens) -> bool {
    let first = tokens.next_if(|token| matches!(token, TokenTree::Punct(mark) if is_joint_colon(mark)));
    first.is_some() && tokens.next().is_some()
}

fn is_joint_colon(mark: &Punct) -> bool {
    mark.as_char() == ':' && mark.spacing() == Spacing::Joint
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')
}
