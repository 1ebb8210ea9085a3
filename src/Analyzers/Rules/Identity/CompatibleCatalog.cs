using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>
/// The handlers and FLBs of a compilation and of the assemblies that it references, by their strings; with the older versions that each handler retrieves.
/// </summary>
internal sealed class CompatibleCatalog
{
    private readonly Compilation _compilation;
    private readonly Dictionary<string, List<CatalogEntry>> _bySimplified = new(StringComparer.Ordinal);
    private readonly HashSet<INamedTypeSymbol> _baseClasses = new(SymbolEqualityComparer.Default);

    public CompatibleCatalog(Compilation compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        foreach (INamedTypeSymbol type in FindTypes(compilation.Assembly.GlobalNamespace, cancellationToken))
        {
            if (type.BaseType is { } baseClass)
                _baseClasses.Add(baseClass.OriginalDefinition);
            AddType(type, cancellationToken);
        }
        // Looking at the types of every assembly would take far longer than asking whether it can have any of these.
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Modules.Any(module => module.ReferencedAssemblies.Any(each => each.Name == WellKnownAssemblyNames.Runtime)))
                AddReference(assembly, cancellationToken);
        }
    }

    /// <summary>The others that have the same string: first those of the compilation, each in the order of their names.</summary>
    public ImmutableArray<CatalogEntry> FindSame(CompatibleString compatible) =>
        FindOthers(compatible, other => other.Text == compatible.Text);

    /// <summary>The others whose strings differ only in case or separators.</summary>
    public ImmutableArray<CatalogEntry> FindSimilar(CompatibleString compatible) =>
        FindOthers(compatible, other => other.Text != compatible.Text);

    /// <summary>Whether another class of the compilation derives from this one.</summary>
    public bool HasDerivedClass(INamedTypeSymbol type) => _baseClasses.Contains(type);

    private static string Simplify(string compatible) =>
        new([.. compatible.Where(character => character is not ('-' or '_' or '.' or ':' or '/')).Select(char.ToLowerInvariant)]);

    private ImmutableArray<CatalogEntry> FindOthers(CompatibleString compatible, Func<CatalogEntry, bool> condition) =>
    [
        .. FindEntries(compatible.Text)
            .Where(other => other.IsFlb == compatible.IsFlb && condition(other) && !SymbolEqualityComparer.Default.Equals(other.Type, compatible.Type))
            .OrderBy(other => other.IsOf(compatible.Type.ContainingAssembly) ? 0 : 1)
            .ThenBy(other => other.Assembly.Name, StringComparer.Ordinal)
            .ThenBy(other => other.Type?.ToDisplayString(), StringComparer.Ordinal),
    ];

    /// <summary>All that have this string, or nearly.</summary>
    private List<CatalogEntry> FindEntries(string text) =>
        _bySimplified.TryGetValue(Simplify(text), out List<CatalogEntry>? entries) ? entries : [];

    private void Add(CatalogEntry entry)
    {
        string simplified = Simplify(entry.Text);
        if (!_bySimplified.TryGetValue(simplified, out List<CatalogEntry>? entries))
            _bySimplified.Add(simplified, entries = []);
        entries.Add(entry);
    }

    private static IEnumerable<INamedTypeSymbol> FindTypes(INamespaceOrTypeSymbol container, CancellationToken cancellationToken)
    {
        foreach (INamespaceOrTypeSymbol inner in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (inner is INamedTypeSymbol type)
                yield return type;
            foreach (INamedTypeSymbol nested in FindTypes(inner, cancellationToken))
                yield return nested;
        }
    }

    private void AddType(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (CompatibleString compatible in CompatibleString.FindAll(type, _compilation, cancellationToken))
            Add(new CatalogEntry(compatible.Text, compatible.IsFlb, type, type.ContainingAssembly, compatible.Location));
    }

    // The older versions stand on methods that can't be seen from here, but what the generator wrote down has their strings.
    private void AddReference(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        foreach (INamedTypeSymbol type in FindTypes(assembly.GlobalNamespace, cancellationToken))
            AddType(type, cancellationToken);
        if (assembly.FindAttribute(WellKnownTypeNames.LiveUpdateHandlersAttribute) is not { ConstructorArguments: { Length: 2 } arguments }
            || arguments[1] is not { Kind: TypedConstantKind.Array, IsNull: false } compatibles)
        {
            return;
        }
        foreach (string text in compatibles.Values.Select(compatible => compatible.Value).OfType<string>())
        {
            if (!FindEntries(text).Any(entry => !entry.IsFlb && entry.Text == text && entry.IsOf(assembly)))
                Add(new CatalogEntry(text, isFlb: false, type: null, assembly, Location.None));
        }
    }
}
