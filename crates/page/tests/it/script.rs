//! Runs the files of the script that touch no page.

use rquickjs::{Context, Runtime};

const PURE: &str = concat!(
    include_str!("../../assets/numbers.js"),
    include_str!("../../assets/words.js"),
    include_str!("../../assets/pictures.js"),
    include_str!("../../assets/tables.js"),
);

/// The value of an expression that may use everything the pure files declare.
pub(crate) fn evaluate(expression: &str) -> String {
    let runtime = Runtime::new().expect("an engine");
    let context = Context::full(&runtime).expect("a context");
    context.with(|ctx| {
        let whole = format!("\"use strict\";\n{{\n{PURE}\nString({expression})\n}}");
        ctx.eval::<String, _>(whole).unwrap_or_else(|error| {
            let thrown = ctx.catch();
            let message = thrown.as_exception().map(ToString::to_string);
            panic!("{error}: {message:?} in {expression}")
        })
    })
}
