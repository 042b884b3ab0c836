//! What a linter says of the script: errors of syntax, names that nothing declares, names that
//! nothing uses, text.

use std::collections::{BTreeMap, BTreeSet};

use tree_sitter::{Node, Parser, Tree};

/// What the browser, the language and plotly declare.
const KNOWN: [&str; 31] = [
    "Array",
    "Boolean",
    "Infinity",
    "IntersectionObserver",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Option",
    "Plotly",
    "ResizeObserver",
    "URLSearchParams",
    "RegExp",
    "navigator",
    "encodeURIComponent",
    "Set",
    "String",
    "WeakMap",
    "document",
    "getComputedStyle",
    "parseInt",
    "setTimeout",
    "structuredClone",
    "undefined",
    "window",
    "isNaN",
    "NaN",
    "location",
    "console",
    "history",
];

fn parse(source: &str) -> Tree {
    let mut parser = Parser::new();
    let language = tree_sitter_javascript::LANGUAGE.into();
    parser.set_language(&language).expect("the grammar fits");
    parser.parse(source, None).expect("a tree")
}

fn children<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    (0..node.named_child_count())
        .filter_map(move |at| node.named_child(u32::try_from(at).ok()?))
}

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

/// Names declared in a scope, each with its line and whether something uses it.
type Scope = BTreeMap<String, (usize, bool)>;

/// Follows names through scopes, and notes what is wrong.
struct Names<'s> {
    source: &'s str,
    scopes: Vec<Scope>,
    wrong: Vec<String>,
}

impl Names<'_> {
    fn text(&self, node: Node<'_>) -> String {
        self.source[node.byte_range()].to_owned()
    }

    /// Declares the names of a pattern; visits what its defaults use.
    fn declare(&mut self, pattern: Node<'_>) {
        match pattern.kind() {
            "identifier" | "shorthand_property_identifier_pattern" => {
                let name = self.text(pattern);
                let scope = self.scopes.last_mut().expect("a scope");
                scope.insert(name, (line(pattern), false));
            }
            "assignment_pattern" | "object_assignment_pattern" => {
                self.declare(pattern.child_by_field_name("left").expect("left"));
                self.visit(pattern.child_by_field_name("right").expect("right"));
            }
            "pair_pattern" => {
                self.declare(pattern.child_by_field_name("value").expect("value"));
            }
            _ => children(pattern).for_each(|child| self.declare(child)),
        }
    }

    /// Declares what the statements of a block declare, before anything in it is visited.
    fn hoist(&mut self, block: Node<'_>) {
        for statement in children(block) {
            if matches!(statement.kind(), "lexical_declaration" | "variable_declaration") {
                for declarator in children(statement) {
                    if let Some(name) = declarator.child_by_field_name("name") {
                        self.declare(name);
                    }
                }
            }
        }
    }

    fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope::new());
        inside(self);
        for (name, (line, used)) in self.scopes.pop().expect("a scope") {
            // what a pattern must name and nothing needs
            if !used && !name.starts_with('_') {
                self.wrong.push(format!("line {line}: nothing uses `{name}`"));
            }
        }
    }

    fn visit(&mut self, node: Node<'_>) {
        match node.kind() {
            "identifier" | "shorthand_property_identifier" => self.mention(node),
            "program" | "statement_block" => self.scoped(|names| {
                names.hoist(node);
                children(node).for_each(|child| names.visit(child));
            }),
            "arrow_function" => self.scoped(|names| {
                let one = node.child_by_field_name("parameter");
                let all = node.child_by_field_name("parameters");
                one.or(all).into_iter().for_each(|parameters| names.declare(parameters));
                names.visit(node.child_by_field_name("body").expect("a body"));
            }),
            "for_statement" => self.scoped(|names| {
                names.hoist(node);
                children(node).for_each(|child| names.visit(child));
            }),
            "for_in_statement" => self.scoped(|names| {
                names.visit(node.child_by_field_name("right").expect("right"));
                names.declare(node.child_by_field_name("left").expect("left"));
                names.visit(node.child_by_field_name("body").expect("a body"));
            }),
            "variable_declarator" => {
                node.child_by_field_name("value").into_iter().for_each(|v| self.visit(v));
            }
            _ => children(node).for_each(|child| self.visit(child)),
        }
    }

    fn mention(&mut self, node: Node<'_>) {
        let name = self.text(node);
        match self.scopes.iter_mut().rev().find_map(|scope| scope.get_mut(&name)) {
            Some((_, used)) => *used = true,
            None if KNOWN.contains(&name.as_str()) => {}
            None => self.wrong.push(format!("line {}: nothing declares `{name}`", line(node))),
        }
    }
}

fn errors(node: Node<'_>, found: &mut Vec<String>) {
    if node.is_error() || node.is_missing() {
        found.push(format!("line {}: {}", line(node), node.to_sexp()));
    }
    (0..node.child_count()).filter_map(|at| node.child(at)).for_each(|c| errors(c, found));
}

/// Texts that browsers, plotly and the style want, not readers.
const NOT_READ: [&str; 5] = [
    "unit total",
    "use strict",
    "x unified",
    "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif",
    "-20% 0px -60% 0px",
];

/// Whether a piece of text could be meant for a reader: words with a blank between them, or a
/// capital letter before small ones, or letters other than Latin. Keys, classes, selectors and
/// templates of numbers are none.
fn is_prose(text: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&&str| {
        let mut letters = word.chars();
        is_word(word)
            && letters.next().is_some_and(char::is_uppercase)
            && letters.all(char::is_lowercase)
    };
    words.windows(2).any(|two| two.iter().all(is_word))
        || words.iter().any(|word| capital(&word))
        || text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// What is put before readers, by what it is assigned to or handed to.
const READ: [&str; 6] = ["textContent", "title", "placeholder", "append", "fill", "label"];

/// Texts in the script: they belong to the program.
fn prose(node: Node<'_>, source: &str, found: &mut Vec<String>) {
    if matches!(node.kind(), "string" | "template_string") {
        let pieces = children(node).filter(|piece| piece.kind() == "string_fragment");
        for piece in pieces.map(|piece| &source[piece.byte_range()]) {
            if is_prose(piece) && !NOT_READ.contains(&piece) {
                found.push(format!("line {}: text {piece:?}", line(node)));
            }
        }
        let literal = source[node.byte_range()].trim_matches(['"', '`', '\'']);
        let letters = literal.chars().any(char::is_alphabetic) && node.kind() == "string";
        if letters && given_to_readers(node, source) {
            found.push(format!("line {}: {literal:?} is shown", line(node)));
        }
    }
    children(node).for_each(|child| prose(child, source, found));
}

/// Whether a literal is assigned to what readers see, or appended to the page.
fn given_to_readers(node: Node<'_>, source: &str) -> bool {
    let Some(parent) = node.parent() else { return false };
    let target = match parent.kind() {
        "assignment_expression" => parent.child_by_field_name("left"),
        "arguments" => parent.parent().and_then(|call| call.child_by_field_name("function")),
        _ => None,
    };
    target.is_some_and(|target| {
        let name = source[target.byte_range()].rsplit('.').next().unwrap_or_default();
        READ.contains(&name)
    })
}

/// Everything wrong with a script.
fn lint(source: &str) -> Vec<String> {
    let tree = parse(source);
    let mut wrong = Vec::new();
    errors(tree.root_node(), &mut wrong);
    prose(tree.root_node(), source, &mut wrong);
    let mut names = Names { source, scopes: Vec::new(), wrong };
    names.visit(tree.root_node());
    names.wrong
}

#[test]
fn the_script_is_clean() {
    assert_eq!(lint(kzleap_page::script()), [""; 0]);
}

#[test]
fn the_linter_finds_what_it_is_for() {
    let wrong = |source: &str| lint(source).join("; ");
    assert!(wrong("const a = ;").contains("line 1"), "syntax");
    assert_eq!(wrong("{ const f = (x) => x + y; f(1); }"), "line 1: nothing declares `y`");
    assert_eq!(wrong("{ const { a, b: [c] } = Map; a(); }"), "line 1: nothing uses `c`");
    assert_eq!(
        wrong("for (const k of Map) { k(); }\n((z) => 0)();"),
        "line 2: nothing uses `z`"
    );
    let text = |source: &str| wrong(source).contains("text") || wrong(source).contains("shown");
    for shown in [
        "Map(\"Show or hide\");",
        "Map(\"Total\");",
        "Map(`${Map} per year`);",
        "Map(\"сумма\");",
        "document.title = \"total\";",
        "document.append(\"total\");",
    ] {
        assert!(text(shown), "{shown}");
    }
    assert!(!text("Map(\".links a[href]\", \"lines+markers\", `${Map}<br>%{y:,.3~r}`);"));
    let known: BTreeSet<&str> = KNOWN.into_iter().collect();
    assert_eq!(known.len(), KNOWN.len());
}
