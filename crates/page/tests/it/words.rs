//! The catalogue of messages, and what the script makes of it.

use std::collections::BTreeSet;

use serde_json::json;

use crate::script::evaluate;

/// The values of a message, such as `{cap}`.
fn values(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1);
    pieces.filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_message_is_in_three_languages_with_the_same_values() {
    let mut seen = BTreeSet::new();
    for [en, ru, kk, confidence] in kzleap_page::phrases() {
        assert!(seen.insert(en), "{en} is there twice");
        for other in [ru, kk] {
            assert!(!other.is_empty(), "{en}");
            assert_eq!(values(en), values(other), "{en}: {other}");
        }
        assert!(["high", "medium", "low"].contains(&confidence), "{en}: {confidence}");
    }
    assert!(seen.len() > 200);
    let lines = include_str!("../../assets/words.tsv").lines().count();
    assert_eq!(seen.len() + 1, lines, "every line has four columns");
}

/// A Latin letter in a Cyrillic word looks right and is found by nobody.
#[test]
fn no_word_mixes_alphabets() {
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    for [en, ru, kk, _] in kzleap_page::phrases() {
        for word in [ru, kk].iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
            let mixed = word.chars().any(cyrillic) && word.chars().any(|c| c.is_ascii());
            assert!(!mixed, "{en}: {word}");
        }
    }
}

/// What the script says in a language; `-` before what it has no word for.
fn said(language: usize, text: &str) -> String {
    let phrases = json!([
        ["{of}: supply", "{of}: выработка", "{of}: өндіру"],
        ["{unit} a year", "{unit} в год", "{unit} жылына"],
        ["billion {money}", "млрд {money}", "млрд {money}"],
        ["coal", "уголь", "көмір"],
        ["{na} of {nb}", "{na} из {nb}", "{nb} ішінен {na}"],
        ["Limit {x}: met", "Предел {x}: соблюдён", "Шегі {x}: сақталған"],
    ]);
    evaluate(&format!(
        "(() => {{ const missed = []; const words = dictionary({phrases}); \
         const text = spoken(words, {language}, {}, (one) => missed.push(one)); \
         return missed.map(() => \"-\").join(\"\") + text; }})()",
        json!(text)
    ))
}

#[test]
fn texts_are_found_whole_or_by_their_pattern() {
    assert_eq!(said(0, "Coal: supply"), "Coal: supply");
    assert_eq!(said(1, "Coal: supply"), "Уголь: выработка", "each value by itself");
    assert_eq!(said(2, "coal"), "көмір");
    assert_eq!(said(1, "billion USD a year"), "-млрд USD в год", "a unit of money stays");
    assert_eq!(said(2, "4 of 12"), "12 ішінен 4", "languages order values as they like");
    assert_eq!(said(1, "coal of works"), "-coal of works", "but only numbers are counted");
    assert_eq!(said(1, "Something else"), "-Something else", "and it is counted");
}

/// Browsers write Kazakh numbers as English ones: the table is our own.
#[test]
fn numbers_have_the_signs_of_the_language() {
    assert_eq!(said(1, "1\u{202f}234.5"), "1\u{a0}234,5");
    assert_eq!(said(2, "Limit 12.5: met"), "Шегі 12,5: сақталған");
    assert_eq!(said(2, "2030"), "2030");
    let own =
        evaluate("(() => { useSigns(2); return figure(1234.5) + \" \" + figure(0.25); })()");
    assert_eq!(own, "1\u{a0}235 0,25", "four digits have no decimals");
}
