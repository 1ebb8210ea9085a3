namespace LuoHandlers.Tool;

/// <summary>Lines of cells, each column as wide as its widest cell.</summary>
/// <param name="titles">The titles of the columns.</param>
internal sealed class TextTable(params string[] titles)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a line.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table, indented; nothing if it has no line.</summary>
    public void Write(TextWriter text)
    {
        if (_rows.Count == 0)
            return;
        int[] widths = [.. titles.Select((title, column) => _rows.Max(row => Math.Max(title.Length, row[column].Length)))];
        foreach (string[] row in _rows.Prepend(titles))
            text.WriteLine(("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }
}
