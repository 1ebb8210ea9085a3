using Microsoft.CodeAnalysis;

namespace LuoHandlers.Docs.Tests.Reference;

/// <summary>The public API changes on purpose only, and its reference says what the code says.</summary>
public sealed class ReferenceTests
{
    private static readonly PublicApi Api = PublicApi.Read();

    [Fact]
    public void The_public_api_is_the_one_that_was_reviewed() => GeneratedDocument.AssertIs(
        "src/Runtime/PublicApi.txt",
        string.Concat(Api.Types.SelectMany(type => PublicApi.GetMembers(type).Select(member => $"    {PublicApi.Describe(member)}\n").Prepend(PublicApi.Describe(type) + "\n"))));

    [Fact]
    public void The_reference_has_a_page_for_each_namespace()
    {
        IGrouping<string, INamedTypeSymbol>[] spaces = [.. Api.Types.GroupBy(type => type.ContainingNamespace.ToDisplayString())];
        foreach (IGrouping<string, INamedTypeSymbol> space in spaces)
            GeneratedDocument.AssertIs($"docs/api/{space.Key}.md", ApiReference.WritePage(space.Key, space));
        GeneratedDocument.AssertIs("docs/api/README.md", ApiReference.WriteIndex(spaces));
        Assert.Equal(spaces.Length + 1, Directory.EnumerateFiles(Path.Combine(Page.Repository, "docs/api")).Count());
    }

    [Fact]
    public void Every_public_member_has_its_documentation() =>
        Assert.Empty(Api.Types
            .SelectMany(type => PublicApi.GetMembers(type).Prepend(type))
            .Where(symbol => symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true }
                && symbol is not IPropertySymbol { ContainingType.IsRecord: true }
                && symbol is not IMethodSymbol { ContainingType.IsRecord: true }
                && string.IsNullOrWhiteSpace(symbol.GetDocumentationCommentXml()))
            .Select(symbol => symbol.ToDisplayString()));
}
