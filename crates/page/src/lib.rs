//! The web layer: how pages look and how charts are drawn. What they show is for others to say.
//!
//! A page is one HTML file that opens from the disk, without a network: a template that extends
//! `base.html`, the style, the data as JSON, the script of plotly and our own. A chart is a
//! [`ChartSpec`], whatever it shows, and one function of the script draws it. Texts come from
//! the callers; the script has none, decides nothing by one, and adds nothing up.

mod balance;
mod html;
mod number;
mod section;
mod spec;

pub use balance::{BalanceTable, BalanceWords, Column, Line, Row};
pub use html::{Name, phrases, render, script};
pub use number::figure;
pub use section::{Card, Choice, Chooser, Section};
pub use spec::{
    ALL, Against, Axis, ChartSpec, Flows, Mark, Matrix, Part, Picture, Ribbon, Room, Series,
    Steps, Trace, Unit, View, translucent,
};
