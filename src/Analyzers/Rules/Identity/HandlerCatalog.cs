using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>
/// The handlers of a compilation and, by their strings, of the assemblies that it references; with the older versions that each retrieves.
/// </summary>
internal sealed class HandlerCatalog
{
    private readonly Dictionary<string, List<CompatibleString>> _own = new(StringComparer.Ordinal);
    private readonly List<(string Compatible, string Assembly)> _referenced = [];
    private readonly HashSet<INamedTypeSymbol> _baseClasses = new(SymbolEqualityComparer.Default);

    public HandlerCatalog(Compilation compilation, CancellationToken cancellationToken)
    {
        AddTypes(compilation.Assembly.GlobalNamespace, cancellationToken);
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
            AddReference(assembly);
    }

    /// <summary>The handlers of the compilation that have the same string, without the handler itself, in the order of their names.</summary>
    public ImmutableArray<CompatibleString> FindSame(CompatibleString compatible) =>
        [.. Sort((_own.TryGetValue(compatible.Text, out List<CompatibleString>? same) ? same : []).Where(other => !SymbolEqualityComparer.Default.Equals(other.Handler, compatible.Handler)))];

    /// <summary>The referenced assemblies that have a handler of the same string.</summary>
    public ImmutableArray<string> FindSameInReferences(CompatibleString compatible) =>
        [.. _referenced.Where(each => each.Compatible == compatible.Text).Select(each => each.Assembly).OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>The handlers of the compilation whose strings differ only in case or separators.</summary>
    public ImmutableArray<CompatibleString> FindSimilar(CompatibleString compatible)
    {
        string simplified = Simplify(compatible.Text);
        return [.. Sort(_own.Where(each => each.Key != compatible.Text && Simplify(each.Key) == simplified).SelectMany(each => each.Value).Where(other => !SymbolEqualityComparer.Default.Equals(other.Handler, compatible.Handler)))];
    }

    /// <summary>The strings of referenced assemblies' handlers that differ only in case or separators.</summary>
    public ImmutableArray<(string Compatible, string Assembly)> FindSimilarInReferences(CompatibleString compatible)
    {
        string simplified = Simplify(compatible.Text);
        return [.. _referenced.Where(each => each.Compatible != compatible.Text && Simplify(each.Compatible) == simplified)];
    }

    /// <summary>Whether another class of the compilation derives from this one.</summary>
    public bool HasDerivedClass(INamedTypeSymbol type) => _baseClasses.Contains(type);

    private static IEnumerable<CompatibleString> Sort(IEnumerable<CompatibleString> compatibles) =>
        compatibles.OrderBy(compatible => compatible.Handler.ToDisplayString(), StringComparer.Ordinal);

    private static string Simplify(string compatible) =>
        new([.. compatible.Where(character => character is not ('-' or '_' or '.' or ':' or '/')).Select(char.ToLowerInvariant)]);

    private void AddTypes(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            if (inner is INamedTypeSymbol type)
                AddType(type, cancellationToken);
            AddTypes(inner, cancellationToken);
        }
    }

    private void AddType(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.BaseType is { } baseClass)
            _baseClasses.Add(baseClass.OriginalDefinition);
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null)
            return;
        foreach (CompatibleString compatible in CompatibleString.FindAll(type, cancellationToken))
        {
            if (!_own.TryGetValue(compatible.Text, out List<CompatibleString>? same))
                _own.Add(compatible.Text, same = []);
            same.Add(compatible);
        }
    }

    private void AddReference(IAssemblySymbol assembly)
    {
        // Reading the attributes of every assembly would take far longer than asking whether it can have this one.
        if (!assembly.Modules.Any(module => module.ReferencedAssemblies.Any(each => each.Name == WellKnownAssemblyNames.Runtime))
            || assembly.FindAttribute(WellKnownTypeNames.LiveUpdateHandlersAttribute) is not { ConstructorArguments: { Length: 2 } arguments }
            || arguments[1] is not { Kind: TypedConstantKind.Array, IsNull: false } compatibles)
        {
            return;
        }
        foreach (TypedConstant compatible in compatibles.Values)
        {
            if (compatible.Value is string text)
                _referenced.Add((text, assembly.Name));
        }
    }
}
