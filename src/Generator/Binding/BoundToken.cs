using Microsoft.CodeAnalysis;

namespace LuoHandlers.Generator.Binding;

/// <summary>A property of a typed session and its token.</summary>
internal sealed class BoundToken(IPropertySymbol property, ulong token)
{
    public IPropertySymbol Property { get; } = property;

    public ulong Token { get; } = token;
}
