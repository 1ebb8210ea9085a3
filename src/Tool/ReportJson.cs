using System.Text.Encodings.Web;
using System.Text.Json;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;

namespace LuoHandlers.Tool;

/// <summary>Writes a report as JSON. Addresses, handles and tokens are hexadecimal strings: not every reader of JSON keeps 64 bits.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a report.</summary>
    public static void Write(HandoverReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("kho", report.KhoCompatible);
            json.WriteString("khoFdt", Number.ToHex(report.RootAddress.Value));
            json.WriteString("luo", report.LuoCompatible);
            if (report.LiveUpdateNumber is { } number)
                json.WriteNumber("liveupdateNumber", number);
            else
                json.WriteNull("liveupdateNumber");
            json.WritePropertyName("preservedPages");
            json.WriteRawValue(FormatRanges(report.PreservedRanges), skipInputValidation: true);
            json.WriteStartArray("flbs");
            foreach (HandoverFlb flb in report.Flbs)
                WriteFlb(json, flb);
            json.WriteEndArray();
            json.WriteStartArray("sessions");
            foreach (HandoverSession session in report.Sessions)
                WriteSession(json, session);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    /// <summary>One line for each range: there are many.</summary>
    private static string FormatRanges(IReadOnlyList<Folio> ranges) => ranges.Count == 0
        ? "[]"
        : $"[\n{string.Join(",\n", ranges.Select(folio => $"  [\"{Number.ToHex(folio.Address.Value)}\", {folio.Order}]"))}\n ]";

    private static void WriteFlb(Utf8JsonWriter json, HandoverFlb flb)
    {
        json.WriteStartObject();
        json.WriteString("name", flb.Name);
        json.WriteString("data", Number.ToHex(flb.Data));
        json.WriteNumber("count", flb.Count);
        json.WriteEndObject();
    }

    private static void WriteSession(Utf8JsonWriter json, HandoverSession session)
    {
        json.WriteStartObject();
        json.WriteString("name", session.Name);
        json.WriteStartArray("files");
        foreach (HandoverFile file in session.Files)
        {
            json.WriteStartObject();
            json.WriteString("compatible", file.Compatible);
            json.WriteString("token", Number.ToHex(file.Token));
            json.WriteString("data", Number.ToHex(file.Data));
            if (file.Memfd is { } memfd)
                WriteMemfd(json, memfd);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMemfd(Utf8JsonWriter json, HandoverMemfd memfd)
    {
        json.WriteStartObject("memfd");
        json.WriteNumber("pos", memfd.Position);
        json.WriteNumber("size", memfd.Size);
        if (memfd.Seals is { } seals)
            json.WriteNumber("seals", (uint)seals);
        if (memfd.Flags is { } flags)
            json.WriteNumber("flags", flags);
        json.WriteNumber("folios", memfd.FolioCount);
        json.WriteString("sha256", Convert.ToHexStringLower(memfd.ComputeSha256()));
        json.WriteEndObject();
    }
}
