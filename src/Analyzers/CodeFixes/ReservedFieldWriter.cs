using System.Globalization;
using LuoHandlers.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>Writes <c>Reserved</c> fields into the padding of a state.</summary>
internal static class ReservedFieldWriter
{
    // More is no gap between two fields, but a size that someone chose.
    private const int MaximumSize = 64;

    private static readonly (int Size, string Type)[] Types = [(8, "ulong"), (4, "uint"), (2, "ushort"), (1, "byte")];

    /// <summary>Where fields are to be written; null where that can't be done by adding them.</summary>
    public static ReservedGap? FindGap(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!TryFind(diagnostic, StateLayoutAnalyzer.OffsetProperty, out int offset)
            || !TryFind(diagnostic, StateLayoutAnalyzer.SizeProperty, out int size)
            || size > MaximumSize)
        {
            return null;
        }
        SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan);
        if (node is TypeDeclarationSyntax declaration)
            return declaration.Members.Any(IsField) && !IsSplit(declaration) ? new ReservedGap(declaration, null, offset, size) : null;
        // The parameters of a record struct come first, and nothing can be written between them.
        if (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax state } next || next is TypeDeclarationSyntax || IsSplit(state))
            return null;
        return node is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variables } && variables.Variables[0] != node
            ? null
            : new ReservedGap(state, next, offset, size);
    }

    public static TypeDeclarationSyntax Write(
        TypeDeclarationSyntax original, TypeDeclarationSyntax declaration, IEnumerable<ReservedGap> gaps, string endOfLine)
    {
        var names = new HashSet<string>(original.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        bool isExplicit = original.Members.OfType<FieldDeclarationSyntax>().Any(HasOffset);
        var members = declaration.Members.ToList();
        // Where the gaps look for the members that they know.
        List<MemberDeclarationSyntax?> originals = [.. original.Members];
        foreach (ReservedGap gap in gaps)
        {
            int index = gap.Next is null ? members.FindLastIndex(IsField) + 1 : originals.IndexOf(gap.Next);
            MemberDeclarationSyntax neighbour = members[gap.Next is null ? index - 1 : index];
            foreach ((int offset, string type) in Split(gap.Offset, gap.Size))
            {
                string attribute = isExplicit ? $"[FieldOffset({offset.ToString(CultureInfo.InvariantCulture)})] " : string.Empty;
                string text = $"{attribute}{FindModifiers(neighbour)}{type} {FindName(names)};";
                originals.Insert(index, null);
                members.Insert(index++, Place(text, neighbour, gap.Next is null ? EndsLine(neighbour) : StartsLine(neighbour), endOfLine));
            }
        }
        return declaration.WithMembers(SyntaxFactory.List(members));
    }

    /// <summary>On a line of its own, as the neighbour is, or on the same line.</summary>
    private static MemberDeclarationSyntax Place(string text, MemberDeclarationSyntax neighbour, bool isOnLine, string endOfLine)
    {
        SyntaxTriviaList leading = neighbour.GetLeadingTrivia();
        SyntaxTrivia indentation = leading.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        MemberDeclarationSyntax member = SyntaxFactory.ParseMemberDeclaration(text)!;
        return member
            .WithLeadingTrivia(isOnLine && indentation.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(indentation) : default)
            .WithTrailingTrivia(isOnLine ? SyntaxFactory.EndOfLine(endOfLine) : SyntaxFactory.Space);
    }

    private static bool StartsLine(MemberDeclarationSyntax member) => member.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool EndsLine(MemberDeclarationSyntax member) => member.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    /// <summary>The largest fields that fit without padding of their own.</summary>
    private static IEnumerable<(int Offset, string Type)> Split(int offset, int size)
    {
        int end = offset + size;
        while (offset < end)
        {
            (int length, string type) = Types.First(each => offset % each.Size == 0 && offset + each.Size <= end);
            yield return (offset, type);
            offset += length;
        }
    }

    private static string FindName(HashSet<string> names)
    {
        string name = "Reserved";
        for (int number = 2; !names.Add(name); number++)
            name = $"Reserved{number.ToString(CultureInfo.InvariantCulture)}";
        return name;
    }

    private static string FindModifiers(MemberDeclarationSyntax neighbour) => string.Concat(neighbour.Modifiers
        .Where(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind()) || modifier.IsKind(SyntaxKind.ReadOnlyKeyword))
        .Select(modifier => modifier.ValueText + " "));

    private static bool IsField(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.StaticKeyword) && !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        PropertyDeclarationSyntax property => !property.Modifiers.Any(SyntaxKind.StaticKeyword)
            && property.AccessorList?.Accessors.Any(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true,
        _ => false,
    };

    private static bool HasOffset(FieldDeclarationSyntax field) =>
        field.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "FieldOffset" or "FieldOffsetAttribute");

    // The order of the fields of two parts is not defined.
    private static bool IsSplit(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool TryFind(Diagnostic diagnostic, string property, out int value)
    {
        value = 0;
        return diagnostic.Properties.TryGetValue(property, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
