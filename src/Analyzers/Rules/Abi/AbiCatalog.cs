using LuoHandlers.Abi;
using LuoHandlers.Generator.Abi;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>All compatible strings that a compilation's handlers and FLBs can retrieve.</summary>
internal sealed class AbiCatalog
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly List<DeclaredAbi> _all = [];

    private AbiCatalog(Compilation compilation, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        AddTypes(compilation.Assembly.GlobalNamespace);
        _all.Sort(Compare);
    }

    /// <summary>All, in the order of the source.</summary>
    public IReadOnlyList<DeclaredAbi> All => _all;

    public static AbiCatalog Create(Compilation compilation, CancellationToken cancellationToken) => new(compilation, cancellationToken);

    /// <summary>Whether a type can have strings in the catalog.</summary>
    public static bool IsOwner(INamedTypeSymbol type) =>
        type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null || type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null;

    /// <summary>Those of a handler or FLB, its own string and the older ones.</summary>
    public IEnumerable<DeclaredAbi> FindOf(INamedTypeSymbol owner) => _all.Where(declared => SymbolEqualityComparer.Default.Equals(declared.Owner, owner));

    /// <summary>What has the string: as its own, rather than as an older one.</summary>
    public DeclaredAbi? Find(string compatible) =>
        _all.Where(declared => declared.Compatible == compatible).OrderBy(declared => declared.RetrievedBy is null ? 0 : 1).FirstOrDefault();

    /// <summary>The own strings of a stem, from the highest version.</summary>
    public IEnumerable<DeclaredAbi> FindVersions(string stem) =>
        _all.Where(declared => declared.RetrievedBy is null && declared.Version?.Stem == stem).OrderByDescending(declared => declared.Version!.Number);

    private static int Compare(DeclaredAbi one, DeclaredAbi other)
    {
        int files = string.CompareOrdinal(one.Location.SourceTree?.FilePath, other.Location.SourceTree?.FilePath);
        return files != 0 ? files : one.Location.SourceSpan.Start.CompareTo(other.Location.SourceSpan.Start);
    }

    private void AddTypes(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            if (inner is INamedTypeSymbol type)
                AddType(type);
            AddTypes(inner);
        }
    }

    private void AddType(INamedTypeSymbol type)
    {
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is { } handler)
        {
            HandlerBinding binding = _compilation.BindHandler(type, _cancellationToken);
            Add(type, AbiOwner.FileHandler, binding.Handler.Compatible, handler, () => binding.Errors.IsEmpty ? AbiDescriber.Describe(binding.Handler, _compilation) : null);
        }
        else if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is { } flb)
        {
            FlbBinding binding = _compilation.BindFlb(type, _cancellationToken);
            Add(type, AbiOwner.Flb, binding.Flb.Compatible, flb, () => binding.Errors.IsEmpty ? AbiDescriber.Describe(binding.Flb, _compilation) : null);
        }
    }

    private void Add(INamedTypeSymbol owner, AbiOwner kind, string? compatible, AttributeData attribute, Func<DescribedAbi?> describe)
    {
        if (compatible is null || !AbiLockFile.CanHold(compatible))
            return;
        _all.Add(new DeclaredAbi(compatible, owner, null, FindLocation(attribute), describe));
        foreach (RetrievedVersion version in RetrievedVersion.FindAll(owner).Where(version => AbiLockFile.CanHold(version.Compatible)))
        {
            _all.Add(new DeclaredAbi(
                version.Compatible,
                owner,
                compatible,
                FindLocation(version.Upgrade.FindAttribute(WellKnownTypeNames.RetrievesFromAttribute)!),
                () => AbiDescriber.Describe(kind, version, _compilation)));
        }
    }

    private Location FindLocation(AttributeData attribute) => CompatibleBinder.FindExpression(attribute, _cancellationToken)?.GetLocation() ?? Location.None;
}
