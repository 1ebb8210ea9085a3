using Spectre.Console;

namespace MemfdHandlerSample.Demo;

/// <summary>What a person sees: a progress bar and tables in a terminal, plain lines elsewhere, nothing with <c>--json</c>.</summary>
internal sealed class Display(bool isQuiet)
{
    private readonly Lazy<bool> _isTerminal = new(() => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive);

    public void Line(string text)
    {
        if (!isQuiet)
            Console.WriteLine(text);
    }

    /// <summary>Runs something that reports how far it is.</summary>
    public void Progress(string what, long total, Action<Action<long>> run)
    {
        if (isQuiet || !_isTerminal.Value)
        {
            Line($"{what} …");
            run(_ => { });
            return;
        }
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
                run(done => task.Value = done);
                task.Value = Math.Max(total, 1);
            });
    }

    public void Table(string title, string[] columns, IReadOnlyList<string[]> rows)
    {
        if (isQuiet)
            return;
        if (_isTerminal.Value)
        {
            var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
            foreach (string column in columns)
                table.AddColumn(Markup.Escape(column));
            foreach (string[] row in rows)
                table.AddRow([.. row.Select(Markup.Escape)]);
            AnsiConsole.Write(table);
            return;
        }
        Line("");
        Line(title);
        int[] widths = [.. columns.Select((column, i) => Math.Max(column.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length)))];
        foreach (string[] row in rows.Prepend(columns))
            Line("  " + string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    public void Json(string json) => Console.WriteLine(json);
}
