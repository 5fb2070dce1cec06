//! A plain text table: the first column left-aligned, numbers right-aligned.

/// Lays rows of cells out under a heading, as wide as the widest cell of each column.
pub(crate) fn table<const COLUMNS: usize>(
    heading: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) -> String {
    let heading = heading.map(str::to_owned);
    let widths: [usize; COLUMNS] = std::array::from_fn(|column| {
        let cells = std::iter::once(&heading).chain(rows);
        cells.map(|row| width(&row[column])).max().unwrap_or(0)
    });
    let rule = widths.map(|width| "-".repeat(width));
    [&heading, &rule].into_iter().chain(rows).map(|row| row_of(row, &widths)).collect()
}

fn row_of<const COLUMNS: usize>(cells: &[String; COLUMNS], widths: &[usize; COLUMNS]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .zip(widths)
        .map(|(cell, wide)| {
            let gap = " ".repeat(wide.saturating_sub(width(cell)));
            if is_figure(cell) { gap + cell } else { format!("{cell}{gap}") }
        })
        .collect();
    format!("{}\n", cells.join("  ").trim_end())
}

fn is_figure(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["fmt".into(), "0.5".into()], ["clippy".into(), "12.0".into()]];
        let expected = "step    s\n------  ----\nfmt      0.5\nclippy  12.0\n";
        assert_eq!(table(["step", "s"], &rows), expected);
    }
}
