using System.Text;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;

namespace LuoHandlers.Tool;

/// <summary>Writes a report for people.</summary>
internal static class ReportText
{
    /// <summary>Writes a report.</summary>
    public static void Write(HandoverReport report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteHeader(report, text);
        WriteRanges(report, text);
        WriteFlbs(report, text);
        WriteSessions(report, text);
    }

    private static void WriteHeader(HandoverReport report, StreamWriter text)
    {
        text.WriteLine($"KHO   {report.KhoCompatible}, root at {report.RootAddress}");
        if (report.Metadata is { } metadata)
            text.WriteLine($"From  Linux {TerminalText.Printable(metadata.Release)}, kernel {metadata.KexecCount} in a row");
        text.WriteLine(report.LuoCompatible is { } luo ? $"LUO   {luo}, live update {report.LiveUpdateNumber}" : "LUO   handed over nothing");
    }

    private static void WriteRanges(HandoverReport report, StreamWriter text)
    {
        long bytes = report.PreservedRanges.Sum(folio => (long)folio.ByteCount);
        text.WriteLine();
        text.WriteLine($"Preserved memory: {report.PreservedRanges.Count} ranges, {bytes} bytes");
        var table = new TextTable("start", "end", "order", "ranges");
        // Neighbours of one order are one line.
        for (int i = 0; i < report.PreservedRanges.Count;)
        {
            Folio first = report.PreservedRanges[i];
            PhysicalAddress end = first.Address;
            int start = i;
            while (i < report.PreservedRanges.Count && report.PreservedRanges[i].Order == first.Order && report.PreservedRanges[i].Address == end)
                end = end.Add((ulong)report.PreservedRanges[i++].ByteCount);
            table.Add(first.Address.ToString(), end.ToString(), $"{first.Order}", $"{i - start}");
        }
        table.Write(text);
    }

    private static void WriteFlbs(HandoverReport report, StreamWriter text)
    {
        text.WriteLine();
        text.WriteLine($"FLBs: {report.Flbs.Count}");
        var table = new TextTable("name", "data", "count");
        foreach (HandoverFlb flb in report.Flbs)
            table.Add(TerminalText.Printable(flb.Name), Number.ToHex(flb.Data), $"{flb.Count}");
        table.Write(text);
    }

    private static void WriteSessions(HandoverReport report, StreamWriter text)
    {
        text.WriteLine();
        text.WriteLine($"Sessions: {report.Sessions.Count}");
        foreach (HandoverSession session in report.Sessions)
        {
            text.WriteLine();
            text.WriteLine($"\"{TerminalText.Printable(session.Name)}\": {session.Files.Count} {(session.Files.Count == 1 ? "file" : "files")}");
            var table = new TextTable("token", "compatible", "data", "size", "position", "seals", "folios", "sha256");
            foreach (HandoverFile file in session.Files)
            {
                table.Add(
                    Number.ToHex(file.Token),
                    TerminalText.Printable(file.Compatible),
                    Number.ToHex(file.Data),
                    $"{file.Memfd?.Size}",
                    $"{file.Memfd?.Position}",
                    $"{file.Memfd?.Seals}",
                    $"{file.Memfd?.FolioCount}",
                    file.Memfd is { } memfd ? Convert.ToHexStringLower(memfd.ComputeSha256()) : "");
            }
            table.Write(text);
        }
    }
}
