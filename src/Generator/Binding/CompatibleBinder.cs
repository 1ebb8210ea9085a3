using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator.Binding;

/// <summary>Takes the compatible string from the attribute and rejects what LUO could not store or compare.</summary>
internal static class CompatibleBinder
{
    /// <summary>LUO's field has 48 bytes, the last one for the NUL.</summary>
    public const int MaximumByteCount = 47;

    public static string? Bind(INamedTypeSymbol handler, string attributeName, BindingErrorList errors, CancellationToken cancellationToken)
    {
        if (handler.FindAttribute(attributeName) is { } attribute)
            return Bind(handler, attribute, errors, cancellationToken);
        errors.Add(BindingErrorKind.Unresolved, handler);
        return null;
    }

    /// <summary>Takes the string from an attribute of a class, or of a method in it.</summary>
    public static string? Bind(ISymbol symbol, AttributeData attribute, BindingErrorList errors, CancellationToken cancellationToken)
    {
        if (attribute is not { ConstructorArguments: { Length: 1 } arguments } || arguments[0].Kind != TypedConstantKind.Primitive)
        {
            errors.Add(BindingErrorKind.Unresolved, symbol);
            return null;
        }
        TypedConstant argument = arguments[0];
        Location? location = FindLocation(attribute, cancellationToken);
        if (argument.Value is not string compatible)
            Add(BindingErrorKind.CompatibleNull, symbol.Name);
        else if (compatible.Length == 0)
            Add(BindingErrorKind.CompatibleEmpty, symbol.Name);
        else if (FindNoText(compatible) is int index and >= 0)
            Add(BindingErrorKind.CompatibleNotText, symbol.Name, index.ToString());
        else if (Encoding.UTF8.GetByteCount(compatible) is int byteCount and > MaximumByteCount)
            Add(BindingErrorKind.CompatibleTooLong, compatible, byteCount.ToString(), MaximumByteCount.ToString());
        else
            return compatible;
        return argument.Value as string;

        void Add(BindingErrorKind kind, params string[] arguments)
        {
            if (location is null)
                errors.Add(kind, symbol, arguments);
            else
                errors.AddAt(location, kind, symbol, arguments);
        }
    }

    private static int FindNoText(string compatible)
    {
        for (int i = 0; i < compatible.Length; i++)
        {
            if (char.IsHighSurrogate(compatible[i]) && i + 1 < compatible.Length && char.IsLowSurrogate(compatible[i + 1]))
                i++;
            else if (compatible[i] == '\0' || char.IsSurrogate(compatible[i]))
                return i;
        }
        return -1;
    }

    /// <summary>Where the string of an attribute is written; null if it is not in source.</summary>
    public static Location? FindLocation(AttributeData attribute, CancellationToken cancellationToken) =>
        FindExpression(attribute, cancellationToken)?.GetLocation();

    /// <summary>The expression of the string, or the attribute if it is not written out; null if it is not in source.</summary>
    public static SyntaxNode? FindExpression(AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) switch
        {
            AttributeSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => arguments[0].Expression,
            SyntaxNode syntax => syntax,
            null => null,
        };
}
