//! What a container starts: its command and arguments, also behind a shell or a wrapper.

use crate::tree::Node;

/// One word of a command line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// The word, without the quotes around it.
    pub(crate) text: &'a str,
    /// The item of the list that it stands in.
    pub(crate) node: Node<'a>,
}

/// One simple command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Command<'a> {
    pub(crate) words: Vec<Word<'a>>,
}

/// Programs that start the program named behind them.
const WRAPPERS: [&str; 9] =
    ["catatonit", "dumb-init", "env", "exec", "go-runner", "nice", "nohup", "time", "tini"];

/// Words that stand before a command in a shell's script.
const SHELL_WORDS: [&str; 8] = ["!", "(", "do", "else", "if", "then", "until", "while"];

/// Letters that end a word of a script.
const ENDS_OF_WORDS: [char; 9] = [' ', '\t', '\r', '\n', ';', '&', '|', '(', ')'];

/// The commands of a container, in order: one, or those of the script that a shell is given.
pub(crate) fn commands<'a>(container: Node<'a>) -> Vec<Command<'a>> {
    let lists = [container.get("command"), container.get("args")];
    let items = lists.into_iter().flatten().flat_map(Node::items);
    let word = |node: Node<'a>| node.as_str().map(|text| Word { text, node });
    let words: Vec<Word<'a>> = items.filter_map(word).collect();
    let Some(at) = script(&words) else { return vec![Command { words }] };
    let (before, behind) = words.split_at(at + 1);
    let Some(script) = before.last() else { return Vec::new() };
    let mut commands = split(*script);
    // What stands behind a script are its own arguments, which it may hand on.
    for command in &mut commands {
        let hands_on = |word: &Word<'_>| matches!(word.text, "$@" | "$*" | "${@}");
        if command.words.iter().any(hands_on) {
            command.words.retain(|word| !hands_on(word));
            command.words.extend(behind);
        }
    }
    commands
}

/// The index of the script that a shell is given.
fn script(words: &[Word<'_>]) -> Option<usize> {
    let shell = words.iter().position(|word| {
        matches!(base(word.text), "sh" | "bash" | "ash" | "dash") && !word.text.starts_with('-')
    })?;
    let leads = words.iter().take(shell).all(|word| {
        WRAPPERS.contains(&base(word.text)) || base(word.text) == "busybox" || word.text == "--"
    });
    let option = words.iter().skip(shell + 1).position(|word| {
        word.text.starts_with('-') && !word.text.starts_with("--") && word.text.ends_with('c')
    })?;
    let at = shell + option + 2;
    (leads && at < words.len()).then_some(at)
}

/// The simple commands of a script. A comment ends with its line.
fn split(script: Word<'_>) -> Vec<Command<'_>> {
    let mut commands = Vec::new();
    let mut words = Vec::new();
    let mut rest = script.text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r']);
        if let Some(next) = rest.strip_prefix("\\\n") {
            rest = next;
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        let length = match first {
            '\n' | ';' | '&' | '|' | '(' | ')' => {
                commands.push(Command { words: std::mem::take(&mut words) });
                1
            }
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ => {
                let length = word_length(rest).max(first.len_utf8());
                let text = rest.get(..length).unwrap_or_default().trim_matches(['"', '\'']);
                words.push(Word { text, node: script.node });
                length
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    commands.push(Command { words });
    commands.retain(|command| !command.words.is_empty());
    commands
}

/// How many bytes the first word of a text has: quotes and `$(…)` hold together, as does `2>&1`.
fn word_length(text: &str) -> usize {
    let (mut quote, mut depth, mut before) = (None, 0_usize, ' ');
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote != Some('\'') {
            match letters.next() {
                Some((_, '\n')) if quote.is_none() => return at,
                _ => continue,
            }
        }
        if quote.is_some() {
            quote = quote.filter(|open| *open != letter);
        } else if matches!(letter, '"' | '\'') {
            quote = Some(letter);
        } else if letter == '(' && (before == '$' || depth > 0) {
            depth += 1;
        } else if letter == ')' && depth > 0 {
            depth -= 1;
        } else if depth == 0 && ENDS_OF_WORDS.contains(&letter) && (letter, before) != ('&', '>') {
            return at;
        }
        before = letter;
    }
    text.len()
}

impl<'a> Command<'a> {
    /// The words behind the name of a program, if that is what this starts: by itself, through a
    /// wrapper, or as a part of `hyperkube`, which knows it by several names.
    pub(crate) fn behind(&self, name: &str, known: [&str; 2]) -> Option<Vec<Word<'a>>> {
        let start = self.start()?;
        let first = self.words.get(start)?;
        if base(first.text) == name {
            return Some(self.from(start + 1));
        }
        if base(first.text) == "hyperkube" {
            let part = self.words.get(start + 1)?;
            return known.contains(&part.text).then(|| self.from(start + 2));
        }
        None
    }

    /// The words behind a program and its subcommand.
    pub(crate) fn behind_subcommand(&self, name: &str, part: &str) -> Option<Vec<Word<'a>>> {
        let start = self.start()?;
        let is = |at: usize, name: &str| self.words.get(at).is_some_and(|it| base(it.text) == name);
        (is(start, name) && is(start + 1, part)).then(|| self.from(start + 2))
    }

    /// Where the program's own name stands, behind wrappers and their options.
    fn start(&self) -> Option<usize> {
        let mut wrapped = false;
        for (at, word) in self.words.iter().enumerate() {
            let assigns = word.text.split_once('=').is_some_and(|(name, _)| is_variable_name(name));
            let number = word.text.bytes().all(|byte| byte.is_ascii_digit());
            if SHELL_WORDS.contains(&word.text) || assigns || WRAPPERS.contains(&base(word.text)) {
                wrapped |= !assigns;
            } else if !(wrapped && (word.text.starts_with('-') || number)) {
                return Some(at);
            }
        }
        None
    }

    fn from(&self, at: usize) -> Vec<Word<'a>> {
        self.words.iter().skip(at).copied().collect()
    }
}

impl Word<'_> {
    /// Whether the whole word is what a variable holds, or a program prints.
    pub(crate) fn is_variable(&self) -> bool {
        self.text.starts_with('$') || self.text.starts_with('`')
    }
}

/// The name of a program without the folder it stands in; a flag is no program, whatever folder its
/// value names.
fn base(word: &str) -> &str {
    if word.starts_with('-') {
        return word;
    }
    word.rsplit('/').next().unwrap_or(word)
}

fn is_variable_name(text: &str) -> bool {
    let starts = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    starts && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
