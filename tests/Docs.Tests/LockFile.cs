using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LuoHandlers.Docs.Tests;

/// <summary>A lock file that a page shows, of what is to be shipped: it must say what the page's code does.</summary>
internal sealed class LockFile(string text) : AdditionalText
{
    public const string Header = "!luo-abi 1\n";

    public override string Path => "LuoAbi.Unshipped.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
