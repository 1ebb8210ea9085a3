using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>A rule. Its messages may differ by what exactly is wrong; all else is the same for all of them.</summary>
internal sealed class Rule(string id, string title, string category, DiagnosticSeverity severity, string description, bool isEnabledByDefault = true)
{
    private const string HelpLinkPattern = "https://github.com/luohandlers/luohandlers/blob/main/docs/rules/{0}.md";

    public string Id { get; } = id;

    public string Title { get; } = title;

    public string Category { get; } = category;

    public DiagnosticSeverity Severity { get; } = severity;

    /// <summary>Whether it reports where nobody asks it to; what is right either way is only looked for on request.</summary>
    public bool IsEnabledByDefault { get; } = isEnabledByDefault;

    /// <summary>What the rule asks for and what LUO does otherwise.</summary>
    public string Description { get; } = description;

    /// <summary>The page of the rule.</summary>
    public string HelpLink { get; } = string.Format(HelpLinkPattern, id);

    /// <summary>The descriptor of this rule with one of its messages: what is wrong, what LUO would do about it, what to do.</summary>
    public DiagnosticDescriptor CreateDescriptor(string message) =>
        new(Id, Title, message, Category, Severity, IsEnabledByDefault, Description, HelpLink);
}
