using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>Writes the method that makes today's state of an older one.</summary>
internal sealed class UpgradeWriter(Compilation compilation, INamedTypeSymbol handler, DescribedAbi current, string endOfLine)
{
    /// <summary>Writes the method: it takes over the fields that have the same name and a type that fits, and leaves the others to the author.</summary>
    public string Write(string compatible, OldState old, string modifiers)
    {
        string state = current.StateType!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string head = $"[global::LuoHandlers.RetrievesFrom(\"{compatible}\")]{endOfLine}{modifiers}static {state} Upgrade(in {old.Name} old) => ";
        if (current.Description.Fields.Any(field => !CanSet(field)))
        {
            return head + "throw new global::LuoHandlers.ErrnoException(global::LuoHandlers.Errno.EOPNOTSUPP, "
                + $"\"The upgrade from {compatible} is not written yet.\");";
        }
        string[] assignments = [.. current.Description.Fields.Select(field => WriteAssignment(field, old)).OfType<string>()];
        return string.Join(endOfLine, [head + "new()", "{", .. assignments, "};"]);
    }

    private string? WriteAssignment(AbiField field, OldState old)
    {
        (AbiField? Field, string Type) before = old.Fields.FirstOrDefault(each => each.Field.Name == field.Name);
        if (before.Field is null)
            return null;
        return Fits(before.Type, field) ? $"    {Identifier.Escape(field.Name)} = old.{Identifier.Escape(field.Name)}," : null;
    }

    /// <summary>Whether a value of the old type can be assigned as it is.</summary>
    private bool Fits(string oldType, AbiField field)
    {
        ITypeSymbol type = current.Sources[field].Type;
        return oldType == type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
            || (FindNumber(oldType) is { } number && compilation.ClassifyCommonConversion(number, type) is { IsImplicit: true, IsNumeric: true });
    }

    private INamedTypeSymbol? FindNumber(string keyword) => keyword switch
    {
        "byte" => Find(SpecialType.System_Byte),
        "ushort" => Find(SpecialType.System_UInt16),
        "uint" => Find(SpecialType.System_UInt32),
        "ulong" => Find(SpecialType.System_UInt64),
        "sbyte" => Find(SpecialType.System_SByte),
        "short" => Find(SpecialType.System_Int16),
        "int" => Find(SpecialType.System_Int32),
        "long" => Find(SpecialType.System_Int64),
        "float" => Find(SpecialType.System_Single),
        "double" => Find(SpecialType.System_Double),
        _ => null,
    };

    private INamedTypeSymbol Find(SpecialType type) => compilation.GetSpecialType(type);

    private bool CanSet(AbiField field) => current.Sources[field].Symbol switch
    {
        IFieldSymbol { IsReadOnly: false } symbol => compilation.IsSymbolAccessibleWithin(symbol, handler),
        IPropertySymbol { SetMethod: { } setter } => compilation.IsSymbolAccessibleWithin(setter, handler),
        _ => false,
    };
}
