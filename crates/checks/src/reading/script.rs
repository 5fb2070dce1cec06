//! The programs that a container calls, by its command or within a script in it.

use model::{Container, Node};

/// The word of a container's command that calls a program: the program itself in first place, or a
/// script that names it where a program stands.
pub(crate) fn call<'a>(container: &Container<'a>, program: &str) -> Option<Node<'a>> {
    let mut words = container.words().enumerate();
    let call = words.find(|(index, word)| calls(*index == 0, word.text(), program));
    call.map(|(_, word)| word)
}

fn calls(is_first: bool, text: &str, program: &str) -> bool {
    if !text.contains(char::is_whitespace) {
        return is_first && is(text, program);
    }
    let ends_a_command = |c: char| matches!(c, '\n' | ';' | '&' | '|' | '(' | '`' | '{');
    let mut commands = text.split(ends_a_command);
    commands
        .any(|command| command.split_whitespace().find(called).is_some_and(|it| is(it, program)))
}

/// Whether a word of a command is what is called: no keyword of the shell, and no variable for it.
fn called(word: &&str) -> bool {
    !["exec", "then", "do", "else", "if", "while", "!"].contains(word) && !word.contains('=')
}

fn is(word: &str, program: &str) -> bool {
    word.rsplit('/').next() == Some(program)
}

#[cfg(test)]
mod tests {
    use super::calls;

    #[test]
    fn a_program_counts_where_it_is_called() {
        for (text, called) in [
            ("sudo", true),
            ("/usr/bin/sudo -u web /web", true),
            ("set -e\nif true; then sudo chown web /data; fi", true),
            ("A=b sudo true", true),
            ("echo $(sudo id)", true),
            ("apt-get install -y sudo", false),
            ("pseudo run", false),
            ("mkdir -p /run/sudo && web", false),
        ] {
            assert_eq!(calls(true, text, "sudo"), called, "{text}");
        }
        assert!(!calls(false, "sudo", "sudo"));
    }
}
