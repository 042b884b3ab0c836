//! Whatever is done to a model, it is read without a panic, and a model comes out only of one
//! without errors.

use crate::support::Files;

fn read(files: &Files) {
    let input = files.read(None);
    assert_eq!(input.model.is_some(), !input.diagnostics.has_errors());
    crate::support::messages(&input);
}

#[test]
fn without_any_one_of_its_lines() {
    for file in 0..4 {
        for line in 0..Files::right().lines(file).len() {
            read(&Files::right().edit(file, |lines| {
                lines.remove(line);
            }));
        }
    }
}

#[test]
fn cut_off_after_any_line_or_within_it() {
    for file in 0..4 {
        for line in 0..Files::right().lines(file).len() {
            read(&Files::right().edit(file, |lines| {
                lines.truncate(line + 1);
                let half = lines[line].len() / 2;
                lines[line].truncate(half);
            }));
        }
    }
}

#[test]
fn with_any_number_replaced() {
    for new in ["-1", "0", "1e300", "-1e300", "\"x\"", "true", "[]", "{}", "{ 2025 = 1 }"] {
        for file in 0..4 {
            for line in 0..Files::right().lines(file).len() {
                read(&Files::right().edit(file, |lines| {
                    let text = lines[line].clone();
                    let is_digit = |c: char| c.is_ascii_digit();
                    if let Some(start) = text.find(is_digit) {
                        let rest = &text[start..];
                        let length =
                            rest.find(|c: char| !is_digit(c) && c != '.').unwrap_or(rest.len());
                        lines[line] = format!("{}{new}{}", &text[..start], &rest[length..]);
                    }
                }));
            }
        }
    }
}

#[test]
fn with_any_value_replaced() {
    for new in ["5", "\"x\"", "true", "[]", "[1]", "{}", "{ value = 1 }", "2025-01-01"] {
        for file in 0..2 {
            for line in 0..Files::right().lines(file).len() {
                read(&Files::right().edit(file, |lines| {
                    if let Some((key, _)) = lines[line].clone().split_once(" = ") {
                        lines[line] = format!("{key} = {new}");
                    }
                }));
            }
        }
    }
}
