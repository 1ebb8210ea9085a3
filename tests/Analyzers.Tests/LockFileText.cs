using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Analyzers.Tests;

/// <summary>A lock file that an analyzer is given.</summary>
internal sealed class LockFileText(string name, string text) : AdditionalText
{
    public override string Path => name;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
