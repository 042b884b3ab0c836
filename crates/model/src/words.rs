//! Choices with the words that files write them as, in one place: what the format lists is what is
//! read.

/// An enum each of whose variants has the word that files write it as.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// The words that files write them as, in the same order.
            pub const WORDS: &[&str] = &[$($word,)*];

            /// As files write it.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one that files write so.
            pub fn named(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.text() == text)
            }
        }
    };
}
