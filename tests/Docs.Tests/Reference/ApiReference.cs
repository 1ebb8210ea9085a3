using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Docs.Tests.Reference;

/// <summary>Writes the pages of the API reference from the XML documentation: one for each namespace.</summary>
internal static class ApiReference
{
    /// <summary>The page of a namespace.</summary>
    public static string WritePage(string space, IEnumerable<INamedTypeSymbol> types)
    {
        var page = new StringBuilder($"# {space}\n");
        foreach (INamedTypeSymbol type in types)
        {
            page.Append($"\n## {GetName(type)}\n\n`{PublicApi.Describe(type)}`\n");
            Append(page, type, "");
            ISymbol[] members = [.. PublicApi.GetMembers(type).Where(member => Read(member) is { HasElements: true })];
            if (members.Length > 0)
                page.Append('\n');
            foreach (ISymbol member in members)
            {
                page.Append($"- `{PublicApi.Describe(member)}`\n");
                Append(page, member, "  ");
            }
        }
        return page.ToString();
    }

    /// <summary>The index: the namespaces, and the types in each.</summary>
    public static string WriteIndex(IEnumerable<IGrouping<string, INamedTypeSymbol>> spaces)
    {
        var index = new StringBuilder("# API reference\n\nWritten from the XML documentation of the code. Start with [writing a handler](../writing-a-handler.md) or [the agent](../agent.md).\n\n");
        foreach (IGrouping<string, INamedTypeSymbol> space in spaces)
            index.Append($"- [{space.Key}]({space.Key}.md): {string.Join(", ", space.Select(GetName))}\n");
        return index.ToString();
    }

    private static string GetName(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).Replace("<", "\\<");

    private static XElement? Read(ISymbol symbol) =>
        symbol.GetDocumentationCommentXml() is { Length: > 0 } xml ? XElement.Parse(xml, LoadOptions.PreserveWhitespace) : null;

    private static void Append(StringBuilder page, ISymbol symbol, string indent)
    {
        if (Read(symbol) is not { } documentation)
            return;
        if (documentation.Element("inheritdoc") is not null)
            AppendParagraph("As in the interface or class that it is of.");
        AppendParagraph(Inline(documentation.Element("summary")));
        foreach (XElement parameter in documentation.Elements().Where(element => element.Name.LocalName is "param" or "typeparam"))
            AppendParagraph($"`{parameter.Attribute("name")?.Value}`: {Inline(parameter)}");
        if (documentation.Element("returns") is { } returns)
            AppendParagraph("Returns: " + Inline(returns));
        foreach (XElement exception in documentation.Elements("exception"))
            AppendParagraph($"Throws `{ShortName(exception.Attribute("cref")?.Value)}`: {Inline(exception)}");
        if (documentation.Element("remarks") is { } remarks)
        {
            XElement[] paragraphs = [.. remarks.Elements("para")];
            foreach (XElement paragraph in paragraphs.Length > 0 ? paragraphs : [remarks])
                AppendParagraph(Inline(paragraph));
        }

        void AppendParagraph(string text)
        {
            if (text.Length > 0)
                page.Append($"\n{indent}{text}\n");
        }
    }

    private static string Inline(XElement? element) => element is null
        ? ""
        : string.Join(' ', string.Concat(element.Nodes().Select(Inline)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Inline(XNode node) => node switch
    {
        XText text => text.Value.Replace("<", "\\<"),
        XElement { Name.LocalName: "see" or "seealso" } see => $"`{see.Attribute("langword")?.Value ?? ShortName(see.Attribute("cref")?.Value)}`",
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")?.Value}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "item" } item => $" {Inline(item)};",
        XElement other => Inline(other),
        _ => "",
    };

    // M:LuoHandlers.Emulation.Machine.FromImage(System.String) is shown as Machine.FromImage, T:… as the type's name.
    private static string ShortName(string? cref)
    {
        if (cref is null)
            return "";
        string name = cref[(cref.IndexOf(':', StringComparison.Ordinal) + 1)..];
        int parameters = name.IndexOf('(', StringComparison.Ordinal);
        string[] parts = (parameters < 0 ? name : name[..parameters]).Split('.');
        int count = cref[0] is 'T' or '!' || parts.Length < 2 ? 1 : 2;
        return string.Join('.', parts[^count..].Select(part => part.Split('`')[0])).Replace(".#ctor", "", StringComparison.Ordinal);
    }
}
