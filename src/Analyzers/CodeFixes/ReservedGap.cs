using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.CodeFixes;

/// <summary>Bytes of a state for which fields are to be written.</summary>
internal sealed class ReservedGap(TypeDeclarationSyntax state, MemberDeclarationSyntax? next, int offset, int size)
{
    public TypeDeclarationSyntax State { get; } = state;

    /// <summary>The member that the fields come before; null for those at the end.</summary>
    public MemberDeclarationSyntax? Next { get; } = next;

    public int Offset { get; } = offset;

    public int Size { get; } = size;
}
